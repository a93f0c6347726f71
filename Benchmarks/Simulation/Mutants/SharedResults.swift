import ColophonCore

/// Results under the key of their run alone, whichever epoch wrote them: in the blob store and in the ledger.
enum SharedResults {
    static func key(_ key: BlobKey) -> BlobKey {
        let parts = key.rawValue.split(separator: "/")
        guard parts.count == 5, parts[1] == "runs" else { return key }
        return BlobKey(rawValue: "\(parts[0])/runs/\(parts[2])/0/\(parts[4])")
    }

    final class Ledger: StoreDecorator, @unchecked Sendable {
        override func complete(_ claim: RunClaim, with result: RunResult) async throws {
            var result = result
            for index in result.artifacts.indices { result.artifacts[index].blob = SharedResults.key(result.artifacts[index].blob) }
            try await inner.complete(claim, with: result)
        }
    }

    struct Blobs: BlobStore {
        let inner: any BlobStore

        func put<Body: AsyncSequence & Sendable>(_ key: BlobKey, bytesMax: Int64, body: Body) async throws -> BlobReceipt
        where Body.Element == ArraySlice<UInt8> {
            try await inner.put(SharedResults.key(key), bytesMax: bytesMax, body: body)
        }
        func delete(_ key: BlobKey) async throws { try await inner.delete(SharedResults.key(key)) }
        func read(_ key: BlobKey, range: Range<Int64>?) async throws -> BlobBody { try await inner.read(key, range: range) }
        func withDescriptor<Result: Sendable>(_ key: BlobKey, _ body: @Sendable (Int32) async throws -> Result) async throws -> Result {
            try await inner.withDescriptor(key, body)
        }
        func withDescriptor<Result: Sendable>(
            _ key: BlobKey, sha256: String, by heavyWork: HeavyWork, _ body: @Sendable (Int32) async throws -> Result
        ) async throws -> Result {
            try await inner.withDescriptor(key, sha256: sha256, by: heavyWork, body)
        }
        func scan(writtenBefore moment: Timestamp, batch: Int, _ body: @Sendable ([BlobKey]) async throws -> Void) async throws {
            try await inner.scan(writtenBefore: moment, batch: batch, body)
        }
        func list(writtenBefore moment: Timestamp, batch: Int, _ body: @Sendable ([BlobKey]) async throws -> Void) async throws {
            try await inner.list(writtenBefore: moment, batch: batch, body)
        }
        func check() async throws { try await inner.check() }
    }
}
