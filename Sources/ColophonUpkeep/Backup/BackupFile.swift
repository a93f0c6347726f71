import ColophonCore
import Crypto
import Foundation

/// A file of a backup while it is written, with its length and hash.
///
/// One caller at a time uses it.
final class BackupFile: @unchecked Sendable {
    private static let bufferBytes = 256 << 10

    private let path: String
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private var hash = SHA256()
    private(set) var bytes: Int64 = 0
    private(set) var lines = 0

    /// Makes an empty file; one that is there is emptied.
    init(creating path: String) throws {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileError.current("write \(path)", on: .backup) }
    }

    deinit { close(descriptor) }

    /// - Parameter lines: How many of the bytes are line feeds that end a line.
    func write(_ piece: [UInt8], lines: Int = 0) throws {
        buffer += piece
        piece.withUnsafeBytes { hash.update(bufferPointer: $0) }
        bytes += Int64(piece.count)
        self.lines += lines
        if buffer.count >= Self.bufferBytes { try flush() }
    }

    private func flush() throws {
        try buffer.withUnsafeBytes { bytes in
            var written = 0
            while written < bytes.count {
                let count = Foundation.write(descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written)
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else { throw FileError.current("write \(path)", on: .backup) }
                written += count
            }
        }
        buffer.removeAll(keepingCapacity: true)
    }

    /// Ends the file durably; nothing may be written afterwards.
    func summary() throws -> BackupManifest.Lines {
        try sync()
        return BackupManifest.Lines(count: lines, bytes: bytes, sha256: Hex.encode(hash.finalize()))
    }

    func sync() throws {
        try flush()
        guard fsync(descriptor) == 0 else { throw FileError.current("sync \(path)", on: .backup) }
    }
}
