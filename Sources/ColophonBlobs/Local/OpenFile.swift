import ColophonCore
import Foundation

/// A blob that is being read; its descriptor is closed with the last reference.
final class OpenFile: Sendable {
    let descriptor: Int32
    /// How long the blob is; blobs never change.
    let bytes: Int64

    init(path: String) throws {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { throw ColophonError.missingBlob() }
            throw FileError.current("open a blob")
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            close(descriptor)
            throw FileError.current("measure a blob")
        }
        bytes = Int64(status.st_size)
    }

    deinit { close(descriptor) }

    /// Up to `count` bytes from an offset; fewer only at the end of the file.
    func read(at offset: Int64, count: Int) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let got = pread(descriptor, buffer.baseAddress.map { $0 + filled }, count - filled, off_t(offset) + off_t(filled))
                if got < 0 && errno == EINTR { continue }
                guard got >= 0 else { throw FileError.current("read a blob") }
                if got == 0 { break }
                filled += got
            }
        }
    }
}
