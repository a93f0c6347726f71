import ColophonCore
import Foundation

/// The file with the first key: readable by its owner alone.
enum LocalKey {
    static func write(_ text: String, to path: String) throws {
        let temporary = "\(path).\(getpid())"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw ColophonError(.unavailable, "The key cannot be written beside the data.") }
        do {
            defer { close(descriptor) }
            try OutputFile.write(Array("\(text)\n".utf8), to: descriptor)
            guard fsync(descriptor) == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        } catch {
            unlink(temporary)
            throw ColophonError(.unavailable, "The key cannot be written beside the data; is the disk full?", cause: error)
        }
        guard rename(temporary, path) == 0 else { throw ColophonError(.unavailable, "The key cannot be put into place.") }
    }

    static func read(from path: String) -> String? {
        (try? String(contentsOfFile: path, encoding: .utf8))?.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
