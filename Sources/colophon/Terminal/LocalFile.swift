import ColophonCore
import Foundation

/// A file that somebody has named to be read here and now.
enum LocalFile {
    /// - Throws: `RunFailure` for what is not there, may not be read or is no file; whatever `body` throws.
    static func withDescriptor<Result>(of file: String, _ body: (Int32) async throws -> Result) async throws -> Result {
        let descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw RunFailure(.ioError, String(cString: strerror(errno))) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { throw RunFailure(.ioError, "It is no file.") }
        return try await body(descriptor)
    }
}
