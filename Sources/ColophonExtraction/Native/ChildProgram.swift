import ColophonChild
import ColophonCore
import Foundation
import Synchronization

/// The program that reads documents, and the process of it that forks readers, from the first on.
package final class ChildProgram: Sendable {
    package let path: String
    /// Whether it knows how to fork; else each reader is started anew.
    private let forks: Bool
    private let readers = Mutex<ForkedReaders?>(nil)

    /// - Parameter forks: False for a program that does no more than what its command line says.
    package init(path: String, forks: Bool = true) {
        self.path = path
        self.forks = forks
        // Where whoever started this process has it ignored, nobody could be waited for.
        signal(SIGCHLD, SIG_DFL)
    }

    /// `COLOPHON_EXTRACT`, or else `colophon-extract` in this program's own folder.
    ///
    /// - Throws: `unavailable`, naming the places that were looked at.
    package static func locate(environment: [String: String] = ProcessInfo.processInfo.environment) throws -> ChildProgram {
        if let path = environment["COLOPHON_EXTRACT"] {
            guard access(path, X_OK) == 0 else { throw missing("COLOPHON_EXTRACT names \(path), which is not a program.") }
            return ChildProgram(path: path)
        }
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        let folder = (own as NSString).deletingLastPathComponent
        let path = "\(folder)/colophon-extract"
        guard access(path, X_OK) == 0 else { throw missing("colophon-extract is not in \(folder); set COLOPHON_EXTRACT to where it is.") }
        return ChildProgram(path: path)
    }

    /// The process that forks readers, once there has been one to read; for whoever watches it.
    package var forkingProcess: Int32? { readers.withLock { $0 }?.pid }

    private static func missing(_ message: String) -> ColophonError { ColophonError(.unavailable, message) }

    /// Starts a child of this process; the thread that calls this must stay until it is reaped.
    ///
    /// - Parameters:
    ///   - input: Its standard input.
    ///   - output: Its standard output.
    func start(_ request: ForkRequest, input: Int32, output: Int32) throws(ForkSocket.Failure) -> pid_t {
        guard forks else { return try spawn(request, input: input, output: output) }
        // Somebody may have ended it: then the next is as good. One that does not live to its first answer will not do better the next time.
        for _ in 0..<2 {
            let (readers, isNew) = try prepared()
            do throws(ForkSocket.Failure) {
                return try readers.fork(request, input: input, output: output)
            } catch .gone {
                if isNew { break }
            }
        }
        return try spawn(request, input: input, output: output)
    }

    private func prepared() throws(ForkSocket.Failure) -> (readers: ForkedReaders, isNew: Bool) {
        try readers.withLock { (readers) throws(ForkSocket.Failure) -> (ForkedReaders, Bool) in
            if let readers, readers.isUsable { return (readers, false) }
            let new = try ForkedReaders(program: path)
            readers = new
            return (new, true)
        }
    }

    private func spawn(_ request: ForkRequest, input: Int32, output: Int32) throws(ForkSocket.Failure) -> pid_t {
        try ChildStart.spawn(path, request.words, password: request.password, input: input, output: output)
    }
}
