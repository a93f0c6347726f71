import ColophonCore
import ColophonPipeline
import ColophonTestSupport
import Foundation
import Synchronization
import Testing

@testable import ColophonStore

/// A sweep over a real store and real files.
@Suite(.timeLimit(.minutes(5))) struct SweepTests {
    let test: TestLibrary
    let blobs: FailingBlobs
    let library: Library
    /// The same library a day later, when the files that a test writes count as old.
    private var later: Library {
        var machine = Machine.real
        machine.wallClock = ManualClock(at: SystemClock().now() + .seconds(25 * 3600))
        return library.on(machine)
    }

    init() async throws {
        test = try await TestLibrary()
        blobs = FailingBlobs(test.library.blobs)
        library = Library(
            store: test.store.store, blobs: blobs, limits: Limits(), recipe: OpenStore.recipe, logger: test.library.logger)
        try await library.setRetention(RetentionPolicy(sources: Duration.day, results: Duration.day), of: test.store.scope.workspace)
    }

    private func upload(_ text: String, duplicate: DuplicateChoice = .reuse) async throws -> DocumentID {
        try await library.upload(
            WorkerTests.OneBody(text: text), to: nil, name: nil, declaredType: nil, duplicate: duplicate, in: test.store.scope
        ).detail.document.id
    }

    private func complete() async throws {
        for job in try await test.store.claim(limit: 1000) {
            var artifacts: [Artifact] = []
            for kind in ArtifactKind.allCases {
                let receipt = try await blobs.put(.result(kind, of: job.claim), bytes: Array("\(kind)".utf8))
                artifacts.append(Artifact(kind: kind, blob: receipt.key, sha256: receipt.sha256, bytes: receipt.bytes))
            }
            try await library.store.complete(job.claim, with: RunResult(artifacts: artifacts, pages: 1, items: 1))
        }
    }

    /// Documents with all their files, complete; written without the syncs of a real put, so that there can be many.
    private func documents(_ names: [String], duplicate: DuplicateChoice = .reuse) async throws {
        var keys: [BlobKey] = []
        for name in names { keys.append(try await test.store.upload(name, duplicate: duplicate).detail.version.blob) }
        for job in try await test.store.claim(limit: 1000) {
            let result = test.store.result(of: job.claim)
            try await library.store.complete(job.claim, with: result)
            keys += result.artifacts.map(\.blob)
        }
        for key in keys {
            let path = "\(test.blobFolder)/\(key)"
            try FileManager.default.createDirectory(
                atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            try Data([1]).write(to: URL(fileURLWithPath: path))
        }
    }

    /// The blobs that rows promise, and the files there are.
    private func promisedAndThere() async throws -> (promised: Set<String>, there: Set<String>) {
        let promised = try await test.store.database.read { connection in
            try connection.rows("SELECT blob_key FROM file_versions WHERE expired_at IS NULL UNION SELECT blob_key FROM artifacts", [])
                .map { try $0.text("blob_key") }
        }
        var there: Set<String> = []
        for name in try FileManager.default.subpathsOfDirectory(atPath: test.blobFolder) where name.contains("/") {
            var isFolder: ObjCBool = false
            if FileManager.default.fileExists(atPath: "\(test.blobFolder)/\(name)", isDirectory: &isFolder), !isFolder.boolValue {
                there.insert(name)
            }
        }
        return (Set(promised), there)
    }

    @Test func `a sweep removes what is due with its files, and says how much`() async throws {
        let id = try await upload("abc")
        try await complete()
        let kept = try await upload("kept")
        test.store.clock.advance(by: Duration.day)
        _ = try await upload("kept")
        let preview = try await Sweep(library: library).preview()
        let report = try await Sweep(library: library).run()
        #expect(report == preview && report.sources == 1 && report.results == 1 && report.leftovers == 0)
        #expect(report.bytes == 3 + Int64(ArtifactKind.allCases.map { "\($0)".count }.reduce(0, +)))
        let version = try await library.document(id, in: test.store.scope).version
        await #expect(throws: ColophonError.self) { _ = try await library.source(of: version, range: nil) }
        let other = try await library.document(kept, in: test.store.scope).version
        #expect(try await library.source(of: other, range: nil).bytes == 4)
        #expect(try await promisedAndThere().there == [other.blob.rawValue])
        #expect(try await Sweep(library: library).run().isEmpty)
    }

    @Test func `a recorded duplicate keeps the results it serves through any number of sweeps`() async throws {
        let first = try await upload("abc")
        try await complete()
        test.store.clock.advance(by: .seconds(3600))
        let copy = try await upload("abc", duplicate: .record)
        try await library.delete(first, in: test.store.scope)
        test.store.clock.advance(by: Duration.day - .seconds(3600))
        for _ in 0..<3 { #expect(try await Sweep(library: library).run().results == 0) }
        #expect(try await library.result(.html, run: nil, of: copy, in: test.store.scope).body.bytes == 4)
        test.store.clock.advance(by: .seconds(3600))
        #expect(try await Sweep(library: library).preview().results == 2)
        // Both, in one sweep: the duplicate first, and then what it referred to.
        #expect(try await Sweep(library: library).run().results == 2)
        #expect(try await promisedAndThere().there.isEmpty)
    }

    @Test func `after any number of crashes between rows and files no row promises what is gone, and a sweep finds the rest`() async throws
    {
        for round in 0..<20 {
            let names = (0..<10).map { "\(round)-\($0)" }
            try await documents(names)
            try await documents(Array(names.prefix(3)), duplicate: .record)
            test.store.clock.advance(by: Duration.day)
            let generator = Mutex(SplitMix(seed: UInt64(round)))
            blobs.fail { generator.withLock { $0.next() % 3 == 0 } }
            _ = try await Sweep(library: library).run()
            let (promised, there) = try await promisedAndThere()
            #expect(promised.isSubset(of: there))
        }
        #expect(try await !promisedAndThere().there.isEmpty)
        blobs.fail { false }
        #expect(try await Sweep(library: later).run().leftovers > 400)
        #expect(try await promisedAndThere().there.isEmpty)
        #expect(try await library.store.violations(limit: 10) == [])
    }

    @Test func `a sweep that is stopped in its middle is finished by the next`() async throws {
        try await documents((0..<250).map { "\($0)" })
        test.store.clock.advance(by: Duration.day)
        let sweeping = Mutex<Task<SweepReport, any Error>?>(nil)
        let deletes = Mutex(0)
        blobs.fail {
            let count = deletes.withLock { count in
                count += 1
                return count
            }
            if count == 130 { sweeping.withLock { $0?.cancel() } }
            return false
        }
        let sweep = sweeping.withLock { sweeping in
            let sweep = Task { [library] in try await Sweep(library: library).run() }
            sweeping = sweep
            return sweep
        }
        await #expect(throws: CancellationError.self) { try await sweep.value }
        #expect(try await !promisedAndThere().there.isEmpty)
        _ = try await Sweep(library: later).run()
        let (promised, there) = try await promisedAndThere()
        #expect(promised.isEmpty && there.isEmpty)
        #expect(try await library.store.violations(limit: 10) == [])
    }

    @Test func `a blob that cannot be removed keeps no other, and is told of`() async throws {
        _ = try await upload("kept")
        for index in 0..<20 { _ = try await blobs.put(BlobKey(rawValue: "w1/sources/stray-\(index)"), bytes: [1]) }
        let deletes = Mutex(0)
        blobs.fail {
            deletes.withLock { count in
                count += 1
                return count % 7 == 3
            }
        }
        let report = try await Sweep(library: later).run()
        #expect(report.leftovers == 17 && report.unremoved == 3 && report.lines.last?.count == 3)
        blobs.fail { false }
        #expect(try await Sweep(library: later).run().leftovers == 3)
    }

    @Test func `a ledger that never held a document takes no blob away`() async throws {
        _ = try await blobs.put(BlobKey(rawValue: "w1/sources/another-ledgers"), bytes: [1])
        // A young one may belong to the very first document.
        #expect(try await Sweep(library: library).run().isEmpty)
        for isPreview in [true, false] {
            let sweep = Sweep(library: later)
            let error = await #expect(throws: ColophonError.self) { try await isPreview ? sweep.preview() : sweep.run() }
            #expect(error?.code == .conflict && error?.reason == "EMPTY_LEDGER")
        }
        #expect(try await promisedAndThere().there.count == 1)
        // A document that was deleted shows that this is no empty ledger.
        let id = try await upload("first")
        try await library.delete(id, in: test.store.scope)
        #expect(try await Sweep(library: later).run().leftovers == 1)
    }

    /// Vigna's SplitMix64, so that a failing round can be repeated.
    private struct SplitMix: Sendable {
        var state: UInt64

        init(seed: UInt64) { state = seed }

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }
}
