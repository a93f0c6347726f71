import ColophonBlobs
import ColophonCore
import ColophonTestSupport
import ColophonUpkeep
import Foundation
import Testing

/// Rows against bytes: what is missing or damaged is named with what to do, what nobody refers to goes when it is old.
@Suite struct FsckBlobTests {
    @Test(arguments: StoreDriver.allCases)
    func `bytes that are missing, cut off or changed are named with document and run`(driver: StoreDriver) async throws {
        let bench = try await UpkeepBench(driver)
        let document = try await bench.upload("source").detail.document.id
        let claim = try await bench.completeNext()
        #expect(unlink(bench.path(of: .result(.markdown, of: claim))) == 0)
        #expect(truncate(bench.path(of: .result(.html, of: claim)), 3) == 0)
        try flipByte(at: bench.path(of: .result(.text, of: claim)))

        let report = try await bench.fsck(repairs: true)
        let damaged = Found("blob_damaged", document, claim.run, .left)
        #expect(report.found == [damaged, Found("blob_missing", document, claim.run, .left), damaged])
        #expect(report.left == 3 && report.repaired == 0)
        #expect(report.findings.allSatisfy { $0.outcome == .needs(Self.reparse(document)) })
        // Lengths alone tell less.
        #expect(try await bench.fsck(hashes: false).found.map(\.code) == ["blob_damaged", "blob_missing"])
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
        "Have the document read anew: colophon runs reparse \(document). This run's result stays lost."
    }
}

/// Changes a file's first byte in place.
func flipByte(at path: String) throws {
    let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
    defer { try? file.close() }
    let first = try #require(try file.read(upToCount: 1)?.first)
    try file.seek(toOffset: 0)
    try file.write(contentsOf: [first ^ 1])
}
