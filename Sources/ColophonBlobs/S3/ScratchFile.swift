import ColophonCore
import Foundation

/// A file without a name: it takes room on the disk until its last descriptor is closed, also when the process dies.
///
/// One task uses it, one call after the other.
final class ScratchFile: Sendable {
    /// For reading, at offset 0.
    let descriptor: Int32
    private let writer: Int32

    init(in folder: String) throws {
        let path = "\(folder)/.scratch-\(UUIDv7.make())"
        writer = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard writer >= 0 else { throw FileError.current("make a temporary file") }
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        let isOpen = descriptor >= 0
        if !isOpen { close(writer) }
        unlink(path)
        guard isOpen else { throw FileError.current("open a temporary file") }
    }

    deinit {
        close(writer)
        close(descriptor)
    }

    func write(_ bytes: [UInt8], at offset: Int64) throws {
        try bytes.withUnsafeBytes { buffer in
            var done = 0
            while done < buffer.count {
                let written = pwrite(writer, buffer.baseAddress.map { $0 + done }, buffer.count - done, off_t(offset) + off_t(done))
                if written < 0 && errno == EINTR { continue }
                guard written > 0 else { throw FileError.current("store bytes for a moment") }
                done += written
            }
        }
    }
}
