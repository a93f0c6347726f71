import Foundation
import NIOCore
import NIOPosix

/// A file as a request's body, read piece by piece as it is sent.
struct FileBody: AsyncSequence, Sendable {
    static let pieceBytes = 256 << 10

    let bytes: Int64
    private let file: File

    final class File: Sendable {
        let descriptor: Int32
        init(path: String) throws {
            descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
            guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        }
        deinit { close(descriptor) }
    }

    init(path: String) throws {
        file = try File(path: path)
        var status = stat()
        guard fstat(file.descriptor, &status) == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw POSIXError(.EISDIR) }
        bytes = Int64(status.st_size)
    }

    func makeAsyncIterator() -> Iterator { Iterator(file: file, bytes: bytes) }

    struct Iterator: AsyncIteratorProtocol {
        let file: File
        let bytes: Int64
        var offset: Int64 = 0

        mutating func next() async throws -> ByteBuffer? {
            let (file, start, count) = (file, offset, Int(Swift.min(Int64(FileBody.pieceBytes), bytes - offset)))
            guard count > 0 else { return nil }
            let piece = try await NIOThreadPool.singleton.runIfActive {
                [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
                    filled = Swift.max(0, pread(file.descriptor, buffer.baseAddress, count, off_t(start)))
                }
            }
            // A file that became shorter must not end as a whole upload.
            guard !piece.isEmpty else { throw POSIXError(.EIO) }
            offset += Int64(piece.count)
            return ByteBuffer(bytes: piece)
        }
    }
}
