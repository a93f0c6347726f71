import ColophonBlobs
import ColophonCore
import ColophonStore
import ColophonTestSupport
import Foundation
import Testing

/// A disk that is full: a small one of memory, mounted for the test.
@Suite(.serialized, .enabled(if: getuid() == 0, "mounting a small disk needs root")) struct FullDiskTests {
    @Test func `an upload that does not fit is refused as such, leaves nothing, and a smaller one works`() async throws {
        try await SmallDisk.with(megabytes: 4) { path in
            let blobs = try LocalBlobStore(root: "\(path)/blobs")
            let large = PiecewiseBody(sizes: Array(repeating: 64 << 10, count: 100))
            let error = await #expect(throws: ColophonError.self) {
                _ = try await blobs.put(BlobConformanceTests.key, bytesMax: .max, body: large)
            }
            #expect(error?.code == .storageFull)
            #expect(try LocalBlobStoreTests.files(below: path).isEmpty)
            #expect(try await blobs.put(BlobConformanceTests.key, bytes: [1]).bytes == 1)
        }
    }

    @Test func `a database whose disk is full says so, loses nothing it has accepted, and goes on when there is room`() async throws {
        try await SmallDisk.with(megabytes: 2) { path in
            let database = try await SQLiteDatabase.open(path: "\(path)/d.sqlite")
            let store = SQLStore(database)
            let accepted = try await Self.fill(store)
            #expect(accepted > 0)
            try await database.close()
            let again = try await SQLiteDatabase.open(path: "\(path)/d.sqlite")
            #expect(try await again.read { try $0.rows("SELECT id FROM workspaces", []).count } == accepted)
            try await again.close()
        }
    }

    /// Writes until the disk is full, several at a time, and counts what was accepted.
    private static func fill(_ store: SQLStore) async throws -> Int {
        var accepted = 0
        for round in 0..<1000 {
            let results = await withTaskGroup(of: ColophonError?.self) { group in
                for index in 0..<8 {
                    group.addTask {
                        do {
                            try await store.ensureWorkspace(
                                WorkspaceID(rawValue: "\(round)-\(index)"), name: String(repeating: "x", count: 4000))
                            return nil
                        } catch { return error as? ColophonError ?? ColophonError(.internal, "\(error)") }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            accepted += results.filter { $0 == nil }.count
            if let error = results.compactMap(\.self).first {
                #expect(error.code == .storageFull)
                return accepted
            }
        }
        Issue.record("the disk was never full")
        return accepted
    }
}
