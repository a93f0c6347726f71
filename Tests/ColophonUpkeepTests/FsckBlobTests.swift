import ColophonCore
import ColophonStore
import ColophonTestSupport
import ColophonUpkeep
import Foundation
import Testing

/// Rows against bytes: what is missing or damaged is named with what to do, what nobody refers to goes when it is old.
@Suite struct FsckBlobTests {
    @Test(arguments: StoreDriver.allCases, BlobDriver.available)
    func `bytes that are missing, cut off or changed are named with document and run`(driver: StoreDriver, place: BlobDriver) async throws {
        let bench = try await UpkeepBench(driver, place)
        let document = try await bench.upload("source").detail.document.id
        let claim = try await bench.completeNext()
        try await bench.blobs.delete(.result(.markdown, of: claim))
        try await bench.cut(.result(.html, of: claim), to: 3)
        try await bench.flip(.result(.text, of: claim))

        let report = try await bench.fsck(repairs: true)
        let damaged = Found("blob_damaged", document, claim.run, .left)
        #expect(report.found == [damaged, Found("blob_missing", document, claim.run, .left), damaged])
        #expect(report.left == 3 && report.repaired == 0)
        #expect(report.findings.allSatisfy { $0.outcome == .needs(Self.reparse(document)) })
        // Lengths alone tell less.
        #expect(try await bench.fsck(hashes: false).found.map(\.code) == ["blob_damaged", "blob_missing"])
    }

    @Test func `a blob that nobody may read is named, and a store that is away ends the check`() async throws {
        let bench = try await UpkeepBench(.sqliteInMemory)
        let uploaded = try await bench.upload("source").detail
        try await bench.upload("other")
        for hashes in [true, false] {
            let blobs = ForbiddenBlob(inner: bench.blobs, forbidden: uploaded.version.blob, isAway: false)
            #expect(
                try await bench.fsck(hashes: hashes, over: blobs).found == [Found("blob_unreadable", uploaded.document.id, .left)])
            let away = ForbiddenBlob(inner: bench.blobs, forbidden: uploaded.version.blob, isAway: true)
            let error = await #expect(throws: ColophonError.self) { try await bench.fsck(hashes: hashes, over: away) }
            #expect(error?.code == .unavailable)
        }
    }

    @Test(arguments: StoreDriver.allCases)
    func `where the source is gone too, only another upload helps`(driver: StoreDriver) async throws {
        let bench = try await UpkeepBench(driver)
        let uploaded = try await bench.upload("source")
        let claim = try await bench.completeNext()
        #expect(unlink(bench.path(of: uploaded.detail.version.blob)) == 0)
        #expect(unlink(bench.path(of: .result(.markdown, of: claim))) == 0)
        let report = try await bench.fsck()
        let document = uploaded.detail.document.id
        #expect(report.found == [Found("blob_missing", document, claim.run, .left), Found("blob_missing", document, .left)])
        for finding in report.findings {
            guard case .needs(let remedy) = finding.outcome else { throw UnexpectedOutcome() }
            #expect(remedy.contains("Upload the file"))
        }
        let again = try await bench.send("source", to: document)
        #expect(again.reusedVersion && again.detail.version.id == uploaded.detail.version.id)
        #expect(try await bench.fsck().found == [Found("blob_missing", document, claim.run, .left)])
        try await bench.flip(uploaded.detail.version.blob)
        #expect(try await bench.send("source").dedupedFrom == claim.run)
        #expect(try await bench.fsck().found == [Found("blob_missing", document, claim.run, .left)])
    }

    @Test(arguments: StoreDriver.allCases)
    func `a run whose results are lost answers equal uploads until it is repaired, and then no more`(driver: StoreDriver) async throws {
        let bench = try await UpkeepBench(driver)
        let uploaded = try await bench.upload("source")
        let claim = try await bench.completeNext()
        // By now a duplicate holds the key: its own document went on to other bytes.
        try await bench.upload("other", to: uploaded.detail.document.id.rawValue)
        try await bench.completeNext()
        let duplicate = try await bench.upload("source", to: "doc-duplicate")
        #expect(duplicate.detail.run.duplicateOf == claim.run)
        try await bench.blobs.delete(.result(.markdown, of: claim))
        _ = try await bench.fsck()
        #expect(try await bench.upload("source").dedupedFrom == duplicate.detail.run.id)
        _ = try await bench.fsck(repairs: true)
        let fresh = try await bench.upload("source")
        #expect(fresh.dedupedFrom == nil && fresh.detail.run.status == .queued && fresh.detail.run.duplicateOf == nil)
        #expect(try await bench.store.violations(limit: 9) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `bytes that have expired are not missed`(driver: StoreDriver) async throws {
        let bench = try await UpkeepBench(driver)
        try await bench.open.store.setRetention(
            RetentionPolicy(sources: .seconds(1), results: .seconds(1)), of: bench.open.scope.workspace)
        try await bench.upload("source")
        try await bench.completeNext()
        bench.open.clock.advance(by: .seconds(1))
        for kind in RetainedKind.allCases {
            for key in try await bench.open.store.expire(kind, limit: 9).blobs { #expect(unlink(bench.path(of: key)) == 0) }
        }
        let report = try await bench.fsck()
        #expect(report.found == [] && report.blobs == 0)
    }

    @Test(arguments: StoreDriver.allCases)
    func `bytes without a row are counted while they are young, and removed when they are old`(driver: StoreDriver) async throws {
        let bench = try await UpkeepBench(driver)
        try await bench.upload("source")
        _ = try await bench.blobs.put(BlobKey(rawValue: "w1/sources/stray"), bytes: [1, 2, 3])
        let young = try await bench.fsck(repairs: true)
        #expect(young.found == [] && young.youngBlobs == 1)

        let later = ManualClock(at: SystemClock().now() + .seconds(25 * 3600))
        #expect(try await bench.fsck(clock: later).found == [Found("blob_stray", .repairable)])
        #expect(FileManager.default.fileExists(atPath: bench.path(of: BlobKey(rawValue: "w1/sources/stray"))))
        let report = try await bench.fsck(repairs: true, clock: later)
        #expect(report.found == [Found("blob_stray", .repaired)] && report.youngBlobs == 0)
        #expect(!FileManager.default.fileExists(atPath: bench.path(of: BlobKey(rawValue: "w1/sources/stray"))))
        #expect(try await bench.fsck(clock: later).found == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `bytes beside a ledger that never held a document are told of, and never removed`(driver: StoreDriver) async throws {
        let bench = try await UpkeepBench(driver)
        let key = BlobKey(rawValue: "w1/sources/another-ledgers")
        _ = try await bench.blobs.put(key, bytes: [1, 2, 3])
        let later = ManualClock(at: SystemClock().now() + .seconds(25 * 3600))
        #expect(try await bench.fsck(repairs: true, clock: later).found == [Found("blob_stray", .left)])
        #expect(FileManager.default.fileExists(atPath: bench.path(of: key)))
    }

    @Test func `a check leaves an upload that is under way alone`() async throws {
        let bench = try await UpkeepBench(.sqliteInMemory)
        let half = "\(bench.folder.path)/blobs/.incoming/half"
        #expect(FileManager.default.createFile(atPath: half, contents: Data([1])))
        let later = ManualClock(at: SystemClock().now() + .seconds(25 * 3600))
        _ = try await bench.fsck(clock: later)
        #expect(FileManager.default.fileExists(atPath: half))
    }

    @Test(arguments: StoreDriver.allCases)
    func `a check beside uploads, completions and deletions finds nothing`(driver: StoreDriver) async throws {
        let bench = try await UpkeepBench(driver)
        try await withThrowingTaskGroup { group in
            for writer in 0..<3 {
                group.addTask {
                    for index in 0..<25 {
                        let document = try await bench.upload("\(writer)-\(index)").detail.document.id
                        for job in try await bench.open.claim("w\(writer)", limit: 2) {
                            do { try await bench.complete(job) } catch let error as ColophonError where error.code == .conflict {}
                        }
                        if index % 5 == 0 { try await bench.open.store.deleteDocument(document, in: bench.open.scope) }
                    }
                }
            }
            group.addTask {
                for index in 0..<6 {
                    let found = try await bench.fsck(repairs: index % 2 == 0).found
                    #expect(found == [])
                }
            }
            try await group.waitForAll()
        }
        #expect(try await bench.fsck().found == [])
    }

    private struct UnexpectedOutcome: Error {}

    private static func reparse(_ document: DocumentID) -> String {
        "Have the document read anew: colophon runs reparse \(document). This run's result stays lost. Equal uploads are processed from now on."
    }
}

/// Blobs of which one may not be read.
private struct ForbiddenBlob: BlobStore {
    let inner: any BlobStore
    let forbidden: BlobKey
    /// Whether nothing else can be done either.
    let isAway: Bool

    private static let error = ColophonError(.unavailable, "not now")

    func put<Body: AsyncSequence & Sendable>(_ key: BlobKey, bytesMax: Int64, body: Body) async throws -> BlobReceipt
    where Body.Element == ArraySlice<UInt8> {
        try await inner.put(key, bytesMax: bytesMax, body: body)
    }

    func read(_ key: BlobKey, range: Range<Int64>?) async throws -> BlobBody {
        if key == forbidden { throw Self.error }
        return try await inner.read(key, range: range)
    }

    func withDescriptor<Result: Sendable>(_ key: BlobKey, _ body: @Sendable (Int32) async throws -> Result) async throws -> Result {
        try await inner.withDescriptor(key, body)
    }

    func delete(_ key: BlobKey) async throws { try await inner.delete(key) }

    func scan(writtenBefore moment: Timestamp, batch: Int, _ body: @Sendable ([BlobKey]) async throws -> Void) async throws {
        try await inner.scan(writtenBefore: moment, batch: batch, body)
    }

    func list(writtenBefore moment: Timestamp, batch: Int, _ body: @Sendable ([BlobKey]) async throws -> Void) async throws {
        try await inner.list(writtenBefore: moment, batch: batch, body)
    }

    func check() async throws { if isAway { throw Self.error } }
}

/// Changes a file's first byte in place.
func flipByte(at path: String) throws {
    let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
    defer { try? file.close() }
    let first = try #require(try file.read(upToCount: 1)?.first)
    try file.seek(toOffset: 0)
    try file.write(contentsOf: [first ^ 1])
}
