import ColophonChild
import Foundation
import Synchronization

/// A process of the child's program that forks readers for this one (`ForkRequest`); it ends when this goes away, and with this process.
final class ForkedReaders: Sendable {
    private let socket: ForkSocket
    private let process: RunningChild
    private let ended = DispatchSemaphore(value: 0)
    /// One request at a time.
    private let turn = Mutex(())

    /// How long the first answer may take where everything else wants the processors too, in seconds.
    private static let patience = 60

    /// - Throws: `ForkSocket.Failure` when it cannot be started.
    init(program: String) throws(ForkSocket.Failure) {
        let (own, its) = try ForkSocket.pair()
        own.setPatience(seconds: Self.patience)
        let process = RunningChild()
        let start = Start()
        // The kernel takes the end of the thread that starts a process for the end of its parent: this one stays until it is reaped.
        Thread.detachNewThread { [ended] in
            let failure = start.run { () throws(ForkSocket.Failure) in
                defer { close(its.descriptor) }
                process.began(try ChildStart.spawn(program, [ForkRequest.task, "\(getpid())"], input: its.descriptor, output: nil))
            }
            if failure == nil { process.waitForEnd() }
            ended.signal()
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

    /// - Returns: The process id of a new child of this process.
    func fork(_ request: ForkRequest, input: Int32, output: Int32) throws(ForkSocket.Failure) -> pid_t {
        try turn.withLock { (_) throws(ForkSocket.Failure) -> pid_t in try socket.fork(request, input: input, output: output) }
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
