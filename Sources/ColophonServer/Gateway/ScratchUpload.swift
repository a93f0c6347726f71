import ColophonCore
import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A file that was sent, without a name on disk: it goes with its descriptor, however the process ends.
final class ScratchUpload: Sendable {
    let descriptor: Int32

    /// - Throws: `unavailable` when no file can be made.
    init() throws {
        var path = Array("\(FileManager.default.temporaryDirectory.path)/colophon-XXXXXX".utf8CString)
        descriptor = path.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return -1 }
            let descriptor = mkstemp(base)
            if descriptor >= 0 { unlink(base) }
            return descriptor
        }
        guard descriptor >= 0 else {
            throw ColophonError(.unavailable, "There is no room for what is sent.", retryAfterSeconds: 30, cause: SystemFailure(errno))
        }
    }

    deinit { close(descriptor) }

    /// Takes a body in, piece by piece; then the descriptor is at its beginning.
    ///
    /// - Returns: How many bytes it had, and the first `ContentType.headBytes` of them.
    /// - Throws: `tooLarge` past `bytesMax`, `storageFull`, and what the body throws.
    func fill<Body: AsyncSequence>(from body: Body, bytesMax: Int64) async throws -> (bytes: Int64, head: [UInt8])
    where Body.Element == ArraySlice<UInt8> {
        var (count, head) = (Int64(0), [UInt8]())
        for try await piece in body {
            count += Int64(piece.count)
            guard count <= bytesMax else { throw ColophonError.uploadTooLarge(bytesMax) }
            head += piece.prefix(ContentType.headBytes - head.count)
            try piece.withUnsafeBytes { bytes in
                var rest = UnsafeRawBufferPointer(bytes)
                while let base = rest.baseAddress, !rest.isEmpty {
                    let written = write(descriptor, base, rest.count)
                    if written < 0 && errno == EINTR { continue }
                    guard written > 0 else {
                        throw ColophonError(
                            .storageFull, "There is no room for what is sent.", reason: "STORAGE_FULL", cause: SystemFailure(errno))
                    }
                    rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(written))
                }
            }
        }
        guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw ColophonError(.internal, "A scratch file cannot be read.") }
        return (count, head)
    }

    /// All of it.
    func bytes(_ count: Int64) throws -> [UInt8] {
        let bytes = [UInt8](unsafeUninitializedCapacity: Int(count)) { buffer, filled in
            while filled < Int(count) {
                let read = pread(descriptor, buffer.baseAddress?.advanced(by: filled), Int(count) - filled, off_t(filled))
                if read <= 0 { break }
                filled += read
            }
        }
        guard bytes.count == Int(count) else { throw ColophonError(.internal, "A scratch file lost its bytes.") }
        return bytes
    }

    private struct SystemFailure: Error {
        let code: Int32
        init(_ code: Int32) { self.code = code }
    }
}
