import ColophonBlobs
import ColophonCore
import ColophonStore
import ColophonTestSupport
import ColophonUpkeep
import Foundation
import Synchronization
import Testing

/// What a backup has, a restore brings back: row for row and byte for byte, from any engine to any other.
@Suite struct BackupTests {
    static let ways: [(StoreDriver, StoreDriver)] = [
        (.sqliteFile, .postgres), (.postgres, .sqliteFile), (.sqliteInMemory, .sqliteInMemory),
    ]

    /// Documents in every state but `processing`, with names that are hard to write down.
    private func fill(_ bench: UpkeepBench) async throws -> APIKey {
        for index in 0..<3 { try await bench.upload("\(index) \"quoted\\\" \u{1}\n é 😀") }
        try await bench.completeNext()
        let failing = try #require(try await bench.open.claim().first)
        _ = try await bench.open.store.fail(failing.claim, with: RunFailure(.parseFailed), policy: RetryPolicy(), retryDelay: .zero)
        let gone = try await bench.upload("gone").detail.document.id
        try await bench.open.store.deleteDocument(gone, in: bench.open.scope)
        let key = APIKey.make()
        try await bench.open.store.addKey(
            StoredKey(
                id: key.id, workspace: bench.open.scope.workspace, name: "laptop", hash: key.hash, createdAt: bench.open.clock.now(),
                revokedAt: nil))
        return key
    }

    @Test(arguments: ways)
    func `every row and every byte arrives`(from: StoreDriver, to: StoreDriver) async throws {
        let source = try await UpkeepBench(from)
        let key = try await fill(source)
        let (path, manifest) = try await source.backup()
        #expect(manifest.blobs == 4 + ArtifactKind.allCases.count && manifest.lost.isEmpty && manifest.tables["runs"]?.count == 4)

        let target = try await UpkeepBench.empty(to)
        let outcome = try await target.restore(path)
        #expect(outcome.manifest == manifest && outcome.requeued == 0)
        #expect(try await target.fsck().found == [])
        // Equal rows make equal files, whatever engine they come from.
        let again = try await target.backup().manifest
        #expect(again.tables == manifest.tables && again.blobList == manifest.blobList)
        #expect(key.matches(try #require(try await target.store.key(key.id)).hash))
        // Clients of the feed go on where they were.
        let head = try #require(try await source.open.store.changes(after: 0, limit: 99, in: source.open.scope).last?.id)
        try await target.upload("next")
        #expect(try await target.open.store.changes(after: head, limit: 9, in: target.open.scope).map(\.id) == [head + 1])
        #expect(try await target.open.claim(limit: 9).count == 2)
    }

    @Test(arguments: ways)
    func `a run that was being processed waits again, and its old worker can write nothing`(from: StoreDriver, to: StoreDriver) async throws
    {
        let source = try await UpkeepBench(from)
        let run = try await source.upload("a").detail.run
        let held = try #require(try await source.open.claim("w").first)
        let (path, _) = try await source.backup()
        let target = try await UpkeepBench.empty(to)
        #expect(try await target.restore(path).requeued == 1)
        #expect(try await target.fsck().found == [])
        let detail = try await target.open.store.runDetail(run.id, of: run.documentID, in: target.open.scope)
        #expect(detail.run.status == .queued && detail.run.epoch == held.claim.epoch + 1 && detail.queue?.ahead == 0)
        #expect(detail.attempts.map(\.outcome) == [.leaseLost])
        await #expect(throws: ColophonError.self) {
            try await target.open.store.complete(held.claim, with: target.open.result(of: held.claim))
        }
        try await target.completeNext()
        #expect(try await target.fsck().found == [])
    }

    @Test(arguments: BlobDriver.available, BlobDriver.available)
    func `bytes move from any place to any other, and what one lacks is named`(from: BlobDriver, to: BlobDriver) async throws {
        let source = try await UpkeepBench(.sqliteInMemory, from)
        let kept = try await source.upload("kept").detail
        let missing = try await source.upload("missing").detail
        try await source.completeNext()
        try await source.blobs.delete(missing.version.blob)
        let (path, manifest) = try await source.backup()
        #expect(manifest.lost.map(\.blob) == [missing.version.blob.rawValue])
        let target = try await UpkeepBench.empty(.sqliteInMemory, to)
        try await target.restore(path)
        #expect(try await target.fsck().found == [Found("blob_missing", missing.document.id, .left)])
        #expect(try await target.blobs.bytes(of: kept.version.blob, bytesMax: 99) == Array("kept".utf8))
    }

    @Test(arguments: StoreDriver.allCases)
    func `feeds that begin anew leave no position valid that anybody may have`(driver: StoreDriver) async throws {
        let source = try await UpkeepBench(driver)
        for index in 0..<3 { try await source.upload("\(index)") }
        let path = try await source.backup().folder
        let target = try await UpkeepBench.empty(driver)
        let restore = Restore(store: target.store, blobs: target.blobs, folder: BackupFolder(path: path), restartsFeeds: true)
        _ = try await restore.run(try await restore.check())
        #expect(try await target.fsck().found == [])
        let changes = try await target.open.store.changes(after: 0, limit: 9, in: target.open.scope)
        #expect(changes.count == 1 && changes[0].id > 1_000_000_000 && changes[0].op == .upsert)
    }

    @Test(arguments: ways)
    func `a backup beside uploads, completions and deletions is one consistent state`(from: StoreDriver, to: StoreDriver) async throws {
        let source = try await UpkeepBench(from)
        for index in 0..<20 { try await source.upload("before \(index)") }
        let (path, manifest) = try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<3 {
                group.addTask {
                    for index in 0... {
                        if Task.isCancelled { return }
                        let document = try await source.upload("\(writer)-\(index)").detail.document.id
                        for job in try await source.open.claim("w\(writer)", limit: 2) {
                            do { try await source.complete(job) } catch let error as ColophonError where error.code == .conflict {}
                        }
                        if index % 4 == 0 { try await source.open.store.deleteDocument(document, in: source.open.scope) }
                    }
                }
            }
            while try await source.store.documentKeys(after: nil, limit: 40).count < 40 { try await Task.sleep(for: .milliseconds(2)) }
            let made = try await source.backup()
            group.cancelAll()
            do { try await group.waitForAll() } catch is CancellationError {}
            return made
        }
        #expect(manifest.lost.isEmpty && (manifest.tables["files"]?.count ?? 0) >= 40)

        let target = try await UpkeepBench.empty(to)
        let outcome = try await target.restore(path)
        #expect(try await target.fsck().found == [])
        let (before, after) = (try BackupRows(path), try BackupRows(try await target.backup().folder))
        let leased = try before.leasedRuns()
        #expect(outcome.requeued == leased.count)
        for table in LedgerTable.allCases {
            let missing = before.missing(in: after, table)
            switch table {
            // Only what waits again may differ.
            case .runs, .jobs:
                #expect(missing.count == leased.count && missing.allSatisfy { line in leased.contains { line.contains($0) } })
            case .documents, .workspaceFeeds: #expect(missing.count <= leased.count)
            default: #expect(missing.isEmpty, "\(table)")
            }
        }
    }

    @Test(arguments: StoreDriver.allCases)
    func `bytes that expire while others are copied are not promised by the backup`(driver: StoreDriver) async throws {
        let source = try await UpkeepBench(driver)
        for index in 0..<4 {
            let id = try await source.upload("\(index)").detail.document.id
            // A run that waits would need its bytes.
            _ = try await source.open.store.cancelRuns(of: id, in: source.open.scope)
        }
        let expiring = ExpiringBlobs(bench: source)
        let (path, manifest) = try await source.backup(over: expiring)
        #expect(manifest.blobs == 3 && manifest.lost.isEmpty)
        let target = try await UpkeepBench.empty(.sqliteInMemory)
        try await target.restore(path)
        #expect(try await target.fsck().found == [])
    }

    @Test(arguments: StoreDriver.allCases, BlobDriver.available)
    func `bytes that were damaged before are left out, named, and named again after the restore`(
        driver: StoreDriver, place: BlobDriver
    ) async throws {
        let source = try await UpkeepBench(driver, place)
        let missing = try await source.upload("a").detail
        let damaged = try await source.upload("b").detail
        try await source.upload("c")
        try await source.blobs.delete(missing.version.blob)
        try await source.flip(damaged.version.blob)
        let (path, manifest) = try await source.backup()
        #expect(manifest.blobs == 1 && manifest.bytes == 1)
        #expect(
            Set(manifest.lost.map { "\($0.code) \($0.document)" }) == [
                "blob_missing \(missing.document.id)", "blob_damaged \(damaged.document.id)",
            ])
        let target = try await UpkeepBench.empty(.sqliteInMemory)
        try await target.restore(path)
        let found = try await target.fsck().found
        #expect(found.map(\.code) == ["blob_missing", "blob_missing"])
        #expect(Set(found.map(\.document)) == [missing.document.id, damaged.document.id])
    }
}

/// Blobs of which one expires, row and bytes, when it is first read.
private struct ExpiringBlobs: BlobStore {
    let bench: UpkeepBench
    let first = First()

    final class First: Sendable {
        private let isTaken = Mutex(false)

        func isFirst() -> Bool {
            isTaken.withLock { isTaken in
                defer { isTaken = true }
                return !isTaken
            }
        }
    }

    func read(_ key: BlobKey, range: Range<Int64>?) async throws -> BlobBody {
        if first.isFirst() {
            try await bench.sql("UPDATE file_versions SET expired_at = created_at WHERE blob_key = '\(key)'")
            try await bench.blobs.delete(key)
        }
        return try await bench.blobs.read(key, range: range)
    }

    func put<Body: AsyncSequence & Sendable>(_ key: BlobKey, bytesMax: Int64, body: Body) async throws -> BlobReceipt
    where Body.Element == ArraySlice<UInt8> { try await bench.blobs.put(key, bytesMax: bytesMax, body: body) }

    func withDescriptor<Result: Sendable>(_ key: BlobKey, _ body: @Sendable (Int32) async throws -> Result) async throws -> Result {
        try await bench.blobs.withDescriptor(key, body)
    }

    func delete(_ key: BlobKey) async throws { try await bench.blobs.delete(key) }

    func scan(writtenBefore moment: Timestamp, batch: Int, _ body: @Sendable ([BlobKey]) async throws -> Void) async throws {
        try await bench.blobs.scan(writtenBefore: moment, batch: batch, body)
    }

    func list(writtenBefore moment: Timestamp, batch: Int, _ body: @Sendable ([BlobKey]) async throws -> Void) async throws {
        try await bench.blobs.list(writtenBefore: moment, batch: batch, body)
    }

    func check() async throws { try await bench.blobs.check() }
}
