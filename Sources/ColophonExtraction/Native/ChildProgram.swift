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
        guard forks else {
            return try ChildStart.spawn(path, request.words, password: request.password, input: input, output: output)
        }
        let wereThere = readers.withLock { $0 != nil }
        let prepared = try prepared(insteadOf: nil)
        do throws(ForkSocket.Failure) {
            return try prepared.fork(request, input: input, output: output)
        } catch {
            guard wereThere, case .broken = error else { throw error }
            // Somebody has ended it; the next one is as good.
            return try self.prepared(insteadOf: prepared).fork(request, input: input, output: output)
        }
    }

    private func prepared(insteadOf gone: ForkedReaders?) throws(ForkSocket.Failure) -> ForkedReaders {
        try readers.withLock { (readers) throws(ForkSocket.Failure) -> ForkedReaders in
            if let readers, readers !== gone { return readers }
            let new = try ForkedReaders(program: path)
            readers = new
            return new
        }
    }
}
