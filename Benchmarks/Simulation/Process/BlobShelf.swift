import ColophonCore
import Crypto

/// The bytes of the simulated blob store.
struct BlobShelf {
    struct Blob {
        var bytes: [UInt8]
        /// In virtual microseconds.
        var writtenAt: Int64
    }

    private(set) var blobs: [BlobKey: Blob] = [:]

    subscript(key: BlobKey) -> Blob? { blobs[key] }

    mutating func put(_ bytes: [UInt8], at key: BlobKey, now: Int64) -> BlobReceipt {
        blobs[key] = Blob(bytes: bytes, writtenAt: now)
        return BlobReceipt(
            key: key, bytes: Int64(bytes.count), sha256: Self.sha256(bytes), head: Array(bytes.prefix(ContentType.headBytes)))
    }

    mutating func delete(_ key: BlobKey) { blobs[key] = nil }

    /// In the order of their keys: a dictionary's own differs from process to process.
    func keys(writtenBefore moment: Int64) -> [BlobKey] {
        blobs.filter { $0.value.writtenAt < moment }.keys.sorted { $0.rawValue < $1.rawValue }
    }

    static func sha256(_ bytes: [UInt8]) -> String { Hex.encode(SHA256.hash(data: bytes)) }
}
