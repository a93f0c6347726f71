import ColophonCore
import Foundation

/// Where the child's program lies.
package enum ChildProgram {
    /// `COLOPHON_EXTRACT`, or else `colophon-extract` in this program's own folder.
    ///
    /// - Throws: `unavailable`, naming the places that were looked at.
    package static func locate(environment: [String: String] = ProcessInfo.processInfo.environment) throws -> String {
        if let path = environment["COLOPHON_EXTRACT"] {
            guard access(path, X_OK) == 0 else { throw missing("COLOPHON_EXTRACT names \(path), which is not a program.") }
            return path
        }
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        let folder = (own as NSString).deletingLastPathComponent
        let path = "\(folder)/colophon-extract"
        guard access(path, X_OK) == 0 else { throw missing("colophon-extract is not in \(folder); set COLOPHON_EXTRACT to where it is.") }
        return path
    }

    private static func missing(_ message: String) -> ColophonError { ColophonError(.unavailable, message) }
}
