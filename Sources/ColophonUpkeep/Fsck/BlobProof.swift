import ColophonCore
import Crypto

/// Whether stored bytes are what a row says.
struct BlobProof: Sendable {
    enum Fault: Sendable, Equatable {
        case missing
        case damaged(String)
        case unreadable(String)
    }

    let blobs: any BlobStore
    /// Whether bytes are read and hashed, or only measured.
    let hashes: Bool

    /// - Returns: What is wrong; nil when nothing is.
    /// - Throws: `ColophonError` when the blob store as a whole is away.
    func fault(of blob: PromisedBlob) async throws -> Fault? {
        guard let key = BlobKey(listed: blob.key) else { return .damaged("its key cannot be one") }
        do {
            let body = try await blobs.read(key, range: nil)
            guard body.bytes == blob.bytes else { return .damaged("it has \(body.bytes) bytes instead of \(blob.bytes)") }
            var pieces = body.makeAsyncIterator()
            var hash = SHA256()
            var seen: Int64 = 0
            while let piece = try await pieces.next() {
                seen += Int64(piece.count)
                if !hashes { return nil }
                piece.withUnsafeBytes { hash.update(bufferPointer: $0) }
            }
            guard seen == blob.bytes else { return .damaged("it ends after \(seen) bytes of \(blob.bytes)") }
            guard Hex.encode(hash.finalize()) == blob.sha256 || !hashes else { return .damaged("its bytes are not those that were stored") }
            return nil
        } catch let error as ColophonError where error.code == .notFound {
            return .missing
        } catch let error as ColophonError where error.code == .internal {
            return .unreadable(error.message)
        }
    }
}
