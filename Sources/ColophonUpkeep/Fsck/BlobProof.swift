import ColophonCore
import Crypto

/// Whether stored bytes are what a row says.
struct BlobProof: Sendable {
    enum Fault: Sendable, Equatable {
        case missing
        case damaged(String)
        case unreadable(String)

        /// As a word and a sentence's second half.
        var words: (kind: FsckFinding.BlobKind, how: String) {
            switch self {
            case .missing: (.missing, "missing")
            case .damaged(let how): (.damaged, "damaged: \(how)")
            case .unreadable(let why): (.unreadable, "unreadable: \(why)")
            }
        }
    }

    let blobs: any BlobStore
    /// Whether bytes are read and hashed, or only measured.
    var hashes = true

    /// - Parameter take: Called with the bytes as they are read, before all of them are proven.
    /// - Returns: What is wrong; nil when nothing is.
    /// - Throws: `ColophonError` when the blob store as a whole is away; whatever `take` throws.
    func fault(of blob: PromisedBlob, take: ([UInt8]) async throws -> Void = { _ in }) async throws -> Fault? {
        guard let key = BlobKey(listed: blob.key) else { return .damaged("its key cannot be one") }
        guard hashes else {
            return switch try await readable({ try await blobs.length(of: key) }) {
            case .failure(let fault): fault
            case .success(let bytes): Self.fault(of: blob, having: bytes)
            }
        }
        var pieces: BlobBody.Iterator
        switch try await readable({ try await blobs.read(key, range: nil) }) {
        case .failure(let fault): return fault
        case .success(let body):
            if let fault = Self.fault(of: blob, having: body.bytes) { return fault }
            pieces = body.makeAsyncIterator()
        }
        var hash = SHA256()
        var seen: Int64 = 0
        while true {
            var next = pieces
            let piece: [UInt8]?
            switch try await readable({ try await next.next() }) {
            case .failure(let fault): return fault
            case .success(let read): piece = read
            }
            pieces = next
            guard let piece else { break }
            seen += Int64(piece.count)
            piece.withUnsafeBytes { hash.update(bufferPointer: $0) }
            try await take(piece)
        }
        guard seen == blob.bytes else { return .damaged("it ends after \(seen) bytes of \(blob.bytes)") }
        return Hex.encode(hash.finalize()) == blob.sha256 ? nil : Self.otherBytes
    }

    private static func fault(of blob: PromisedBlob, having bytes: Int64) -> Fault? {
        bytes == blob.bytes ? nil : .damaged("it has \(bytes) bytes instead of \(blob.bytes)")
    }

    private static let otherBytes = Fault.damaged("its bytes are not those that were stored")

    private enum Read<Value> {
        case success(Value)
        case failure(Fault)
    }

    /// Tells a blob that cannot be read from a store that is away.
    private func readable<Value>(_ read: () async throws -> Value) async throws -> Read<Value> {
        do {
            return .success(try await read())
        } catch let error as ColophonError {
            guard try await blobs.isFaultOfBlob(error) else { throw error }
            return switch error.code {
            case .notFound: .failure(.missing)
            case .damaged: .failure(Self.otherBytes)
            default: .failure(.unreadable(error.message))
            }
        }
    }
}
