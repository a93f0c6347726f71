import ColophonChild
import Foundation
import Synchronization

/// A process of the child's program that forks readers for this one (`ForkRequest`); it ends when this goes away, and with this process.
final class ForkedReaders: Sendable {
    private let socket: ForkSocket
    private let process: RunningChild
    private let ended = DispatchSemaphore(value: 0)
    /// One request at a time; false from the first whose answer is not known: the next answer could be that.
    private let isInStep = Mutex(true)

    /// How long the first answer may take where everything else wants the processors too, in seconds.
    private static let patience = 60

    /// - Throws: `ForkSocket.Failure` when it cannot be started.
    init(program: String) throws(ForkSocket.Failure) {
        let (own, its) = try ForkSocket.pair()
        own.setPatience(seconds: Self.patience)
        let process = RunningChild()
        let start = Start()
        do throws(ForkSocket.Failure) {
            try ChildThread.start { [ended] in
                let failure = start.run { () throws(ForkSocket.Failure) in
                    defer { close(its.descriptor) }
                    process.began(try ChildStart.spawn(program, [ForkRequest.task, "\(getpid())"], input: its.descriptor, output: nil))
                }
                if failure == nil { process.waitForEnd() }
                ended.signal()
            }
        } catch {
            close(own.descriptor)
            close(its.descriptor)
            throw error
        }
        if let failure = start.wait() {
            close(own.descriptor)
            throw failure
        }
        (socket, self.process) = (own, process)
    }

    deinit {
        close(socket.descriptor)
        process.kill()
        // Reaped, so that what it used counts as this process's.
        ended.wait()
    }

    /// Nil when it has ended.
    var pid: pid_t? { process.pid }

    /// Whether it still forks.
    var isUsable: Bool { isInStep.withLock { $0 } }

    /// - Returns: The process id of a new child of this process.
    /// - Throws: `gone`, too, from the first request on whose answer did not come; then it is ended.
    func fork(_ request: ForkRequest, input: Int32, output: Int32) throws(ForkSocket.Failure) -> pid_t {
        try isInStep.withLock { (isInStep) throws(ForkSocket.Failure) -> pid_t in
            guard isInStep else { throw .gone }
            do throws(ForkSocket.Failure) { return try socket.fork(request, input: input, output: output) } catch {
                if case .refused = error { throw error }
                isInStep = false
                process.kill()
                throw error
            }
        }
    }

    /// What a thread has begun, for another that waits for it.
    private final class Start: Sendable {
        private let outcome = Mutex<ForkSocket.Failure?>(nil)
        private let isKnown = DispatchSemaphore(value: 0)

        func run(_ body: () throws(ForkSocket.Failure) -> Void) -> ForkSocket.Failure? {
            defer { isKnown.signal() }
            do throws(ForkSocket.Failure) { try body() } catch {
                outcome.withLock { $0 = error }
                return error
            }
            return nil
        }

        func wait() -> ForkSocket.Failure? {
            isKnown.wait()
            return outcome.withLock { $0 }
        }
    }
}
