import ColophonBlobs
import ColophonCore
import ColophonProcesses
import ColophonTestSupport
import Foundation
import Testing

/// A server of its own that is killed while it is needed.
@Suite(.enabled(if: SeaweedServer.isWanted, "COLOPHON_TEST_WITHOUT_S3 is 1"), .timeLimit(.minutes(5)))
struct S3OutageTests {
    static let key = BlobKey(rawValue: "w/sources/a")

    @Test func `a store that dies in the middle is told as away, and serves again when it is back`() async throws {
        let server = try await SeaweedServer()
        var patience = S3Patience()
        patience.delayBase = .milliseconds(10)
        let store = try server.store(patience: patience)
        let kept = BlobKey(rawValue: "w/sources/kept")
        let receipt = try await store.put(kept, bytesMax: .max, body: GeneratedBody(bytes: 9_000_000))

        let killing = KillingBody(sizes: Array(repeating: 1 << 20, count: 40), at: 20) { try await server.kill() }
        let error = await #expect(throws: ColophonError.self) { _ = try await store.put(Self.key, bytesMax: .max, body: killing) }
        #expect(error?.code == .unavailable && error?.retryAfterSeconds != nil)
        for attempt in 0..<3 {
            let error = await #expect(throws: ColophonError.self) {
                switch attempt {
                case 0: try await store.check()
                case 1: _ = try await store.bytes(of: kept, bytesMax: .max)
                default: try await store.delete(kept)
                }
            }
            #expect(error?.code == .unavailable)
        }

        try await server.start()
        #expect(try await store.bytes(of: kept, sha256: receipt.sha256, bytesMax: .max).count == 9_000_000)
        #expect(try await store.put(Self.key, bytesMax: .max, body: PiecewiseBody(sizes: [9 << 20])).bytes == 9 << 20)
    }

    /// Pieces, with something happening before one of them.
    private struct KillingBody: AsyncSequence, Sendable {
        var sizes: [Int]
        var at: Int
        var happen: @Sendable () async throws -> Void

        init(sizes: [Int], at index: Int, happen: @escaping @Sendable () async throws -> Void) {
            self.sizes = sizes
            at = index
            self.happen = happen
        }

        func makeAsyncIterator() -> Iterator { Iterator(body: self) }

        struct Iterator: AsyncIteratorProtocol {
            let body: KillingBody
            var index = 0

            mutating func next() async throws -> ArraySlice<UInt8>? {
                guard index < body.sizes.count else { return nil }
                if index == body.at { try await body.happen() }
                defer { index += 1 }
                return Array(repeating: 1, count: body.sizes[index])[...]
            }
        }
    }
}
