import Crypto
import FoundationEssentials
import NIOCore

/// Bytes of an upload that are sent in one request.
struct S3Part: Sendable {
    /// From 1.
    let number: Int
    private(set) var buffer = ByteBuffer()
    private let share: BufferGauge.Share

    init(number: Int, gauge: BufferGauge) {
        self.number = number
        share = BufferGauge.Share(of: gauge)
    }

    var count: Int { buffer.readableBytes }

    mutating func append(_ bytes: ArraySlice<UInt8>) {
        buffer.writeBytes(bytes)
        share.add(bytes.count)
    }
}

/// A part that the store has.
struct S3StoredPart: Sendable {
    var number: Int
    var etag: String
    /// Base64.
    var checksum: String
}

extension ByteBuffer {
    /// SHA-256 of the readable bytes.
    func sha256() -> SHA256.Digest {
        withUnsafeReadableBytes { bytes in
            var hash = SHA256()
            hash.update(bufferPointer: bytes)
            return hash.finalize()
        }
    }
}

extension SHA256.Digest {
    /// As S3 sends checksums: RFC 4648, section 4, with padding.
    var base64: String { Data(self).base64EncodedString() }
}
