import ColophonCore
import Synchronization

/// A blob store whose deletes fail while it is told to: as if the process had died before them.
final class FailingBlobs: BlobStore {
    struct Crash: Error {}

    private let inner: any BlobStore
    private let fails: Mutex<@Sendable () -> Bool>
    private let away = Mutex(false)

    init(_ inner: any BlobStore) {
        self.inner = inner
        fails = Mutex { false }
    }

    /// - Parameter decide: Asked at each delete.
    func fail(_ decide: @escaping @Sendable () -> Bool) { fails.withLock { $0 = decide } }

    /// Whether nothing can be read or written.
    var isAway: Bool {
        get { away.withLock { $0 } }
        set { away.withLock { $0 = newValue } }
    }

    func put<Body: AsyncSequence & Sendable>(_ key: BlobKey, bytesMax: Int64, body: Body) async throws -> BlobReceipt
    where Body.Element == ArraySlice<UInt8> {
        try answer()
        return try await inner.put(key, bytesMax: bytesMax, body: body)
    }

    func read(_ key: BlobKey, range: Range<Int64>?) async throws -> BlobBody {
        try answer()
        return try await inner.read(key, range: range)
    }

    func withDescriptor<Result: Sendable>(_ key: BlobKey, _ body: @Sendable (Int32) async throws -> Result) async throws -> Result {
        try answer()
        return try await inner.withDescriptor(key, body)
    }

    func delete(_ key: BlobKey) async throws {
        if fails.withLock({ $0() }) { throw Crash() }
        try await inner.delete(key)
    }

    func scan(writtenBefore moment: Timestamp, batch: Int, _ body: @Sendable ([BlobKey]) async throws -> Void) async throws {
        try await inner.scan(writtenBefore: moment, batch: batch, body)
    }

    func list(writtenBefore moment: Timestamp, batch: Int, _ body: @Sendable ([BlobKey]) async throws -> Void) async throws {
        try await inner.list(writtenBefore: moment, batch: batch, body)
    }

    func check() async throws {
        try answer()
        try await inner.check()
    }

    private func answer() throws {
        if isAway { throw ColophonError(.unavailable, "The blob store is away.", retryAfterSeconds: 1) }
    }
}
