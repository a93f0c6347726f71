import ColophonCore
import ColophonMapping
import ColophonPipeline
import ColophonStore
import ColophonTestSupport
import DoclingDocument
import Foundation
import ServiceLifecycle
import Synchronization
import Testing

/// The worker over a real store, with an extractor that does what a test asks.
@Suite(.timeLimit(.minutes(1))) struct WorkerTests {
    /// What an extraction does, by the bytes of the document.
    struct ScriptedExtractor: Extractor {
        let name = "scripted"
        let version = "1"
        /// What it gives where words are wanted.
        var pages: [PageText] = []
        let script: @Sendable (_ progress: @Sendable (PageProgress) -> Void) async throws -> Void

        func extract(
            _ source: ExtractionSource, progress: @escaping @Sendable (PageProgress) -> Void
        ) async throws -> Extraction {
            try await script(progress)
            return Extraction(
                document: DoclingDocument(name: source.name), invoice: Array("<invoice/>".utf8), pages: source.wantsWords ? pages : [])
        }
    }

    let test: TestLibrary

    init() async throws { test = try await TestLibrary() }

    func upload(_ text: String = "x", changing change: SettingsChange = .none, library: Library? = nil) async throws -> DocumentID {
        try await (library ?? test.library).making(change).upload(
            OneBody(text: text), to: nil, name: "a.pdf", declaredType: nil, in: test.store.scope
        ).detail.document
            .id
    }

    struct OneBody: AsyncSequence, Sendable {
        let text: String
        func makeAsyncIterator() -> Iterator { Iterator(rest: [Array(text.utf8)[...]]) }
        struct Iterator: AsyncIteratorProtocol {
            var rest: [ArraySlice<UInt8>]
            mutating func next() async throws -> ArraySlice<UInt8>? { rest.popLast() }
        }
    }

    /// Runs a worker until the document's newest run is in a status, then stops it gracefully.
    func work(
        _ extractor: ScriptedExtractor, until status: RunStatus, of id: DocumentID, slots: Int = 2, library: Library? = nil,
        mappings: MappingLibrary = MappingLibrary(), meanwhile: @Sendable () async throws -> Void = {}
    ) async throws -> Run {
        let logger = test.library.logger
        let worker = Worker(library: library ?? test.library, extractor: extractor, mappings: mappings, slots: slots)
        let group = ServiceGroup(configuration: .init(services: [worker], gracefulShutdownSignals: [], logger: logger))
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            try await meanwhile()
            var run = try await test.library.document(id, in: test.store.scope).run
            while run.status != status {
                try await Task.sleep(for: .milliseconds(5))
                run = try await test.library.document(id, in: test.store.scope).run
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            return try await test.library.document(id, in: test.store.scope).run
        }
    }

    @Test func `an uploaded document is executed and its views are stored`() async throws {
        let id = try await upload()
        let run = try await work(ScriptedExtractor { _ in }, until: .complete, of: id)
        #expect(run.attempt == 1 && run.failure == nil)
        for kind in ArtifactKind.kept + [.invoice] {
            let (resolved, body) = try await test.library.result(kind, run: run.id, of: id, in: test.store.scope)
            #expect(body.bytes == resolved.artifact.bytes)
        }
    }

    @Test func `a document's own failure ends its run with that code`() async throws {
        let id = try await upload()
        let run = try await work(ScriptedExtractor { _ in throw RunFailure(.passwordProtected) }, until: .failed, of: id)
        #expect(run.failure?.code == .passwordProtected && run.attempt == 1)
    }

    @Test func `an error that nobody foresaw is tried again, and shown bare`() async throws {
        struct Surprise: Error { let secret = "do not show" }
        let id = try await upload()
        let run = try await work(ScriptedExtractor { _ in throw Surprise() }, until: .failed, of: id) { [test] in
            // Each retry waits for its backoff on the store's clock.
            for _ in 0..<400 {
                test.store.clock.advance(by: .seconds(1))
                test.library.wake.signal()
                try await Task.sleep(for: .milliseconds(2))
            }
        }
        #expect(run.failure == RunFailure(.unknown) && run.attempt == 3)
    }

    @Test func `what is away is not asked again before the time that it gave`() async throws {
        let id = try await upload()
        let extractor = ScriptedExtractor { _ in throw ColophonError(.unavailable, "It is away.", retryAfterSeconds: 30) }
        let run = try await work(extractor, until: .queued, of: id) { [test] in
            var run = try await test.library.document(id, in: test.store.scope).run
            while run.attempt == 0 || run.status != .queued {
                try await Task.sleep(for: .milliseconds(2))
                run = try await test.library.document(id, in: test.store.scope).run
            }
        }
        #expect(run.attempt == 1)
        test.store.clock.advance(by: .seconds(29))
        #expect(try await test.store.claim().isEmpty)
        test.store.clock.advance(by: .seconds(2))
        #expect(try await test.store.claim().count == 1)
    }

    @Test func `while stored bytes are away no attempt is used up, and no work is begun`() async throws {
        let blobs = FailingBlobs(test.library.blobs)
        let library = Library(
            store: test.store.store, blobs: blobs, limits: Limits(), recipe: OpenStore.recipe, logger: test.library.logger)
        let ids = [try await upload("a"), try await upload("b")]
        blobs.isAway = true
        let run = try await work(ScriptedExtractor { _ in }, until: .complete, of: ids[0], slots: 1, library: library) { [test] in
            // Longer than all attempts together would take.
            for _ in 0..<1500 {
                test.store.clock.advance(by: .seconds(1))
                library.wake.signal()
                try await Task.sleep(for: .milliseconds(1))
            }
            #expect(try await test.library.document(ids[0], in: test.store.scope).run.status == .queued)
            #expect(
                try await test.store.store.events(of: ids[1], after: 0, limit: 100, in: test.store.scope).map(\.type) == [
                    .created, .queued,
                ])
            blobs.isAway = false
        }
        #expect(run.attempt == 1)
    }

    @Test func `stored bytes that have changed are not read, and not served`() async throws {
        let id = try await upload()
        let version = try await test.library.document(id, in: test.store.scope).version
        try Data("y".utf8).write(to: URL(fileURLWithPath: "\(test.blobFolder)/\(version.blob)"))
        let extractor = ScriptedExtractor { _ in Issue.record("nobody may read these bytes") }
        let run = try await work(extractor, until: .failed, of: id) { [test] in
            for _ in 0..<400 {
                test.store.clock.advance(by: .seconds(1))
                test.library.wake.signal()
                try await Task.sleep(for: .milliseconds(2))
            }
        }
        #expect(run.failure?.code == .ioError)
        let error = await #expect(throws: ColophonError.self) {
            for try await _ in try await test.library.source(of: version, range: nil) {}
        }
        #expect(error?.code == .damaged)
    }

    @Test func `a graceful stop hands the job back, its attempt not counted`() async throws {
        let id = try await upload()
        let extractor = ScriptedExtractor { _ in try await Task.sleep(for: .seconds(600)) }
        let run = try await work(extractor, until: .processing, of: id)
        #expect(run.status == .queued && run.attempt == 0)
        #expect(try await test.store.store.violations(limit: 10) == [])
    }

    @Test func `page progress reaches the run while it is processed`() async throws {
        let id = try await upload()
        let extractor = ScriptedExtractor { progress in
            progress(PageProgress(done: 3, total: 9))
            try await Task.sleep(for: .seconds(600))
        }
        let run = try await work(extractor, until: .processing, of: id) { [test] in
            while try await test.library.document(id, in: test.store.scope).run.pagesTotal != 9 {
                try await Task.sleep(for: .milliseconds(20))
            }
        }
        #expect(run.pagesTotal == 9)
    }

    @Test func `cancelling a run stops its extraction, and nothing of it is published`() async throws {
        let id = try await upload()
        let flag = Flag()
        let extractor = ScriptedExtractor { _ in
            do { try await Task.sleep(for: .seconds(600)) } catch {
                flag.set()
                throw error
            }
        }
        let run = try await work(extractor, until: .cancelled, of: id) { [test] in
            while try await test.library.document(id, in: test.store.scope).run.status != .processing {
                try await Task.sleep(for: .milliseconds(5))
            }
            _ = try await test.library.cancel(nil, of: id, in: test.store.scope)
            while !flag.isSet { try await Task.sleep(for: .milliseconds(20)) }
        }
        #expect(run.status == .cancelled)
        #expect(try await test.store.store.violations(limit: 10) == [])
    }

    final class Flag: Sendable {
        private let value = Mutex(false)
        var isSet: Bool { value.withLock { $0 } }
        func set() { value.withLock { $0 = true } }
    }

    @Test func `a result whose lease was lost meanwhile is dropped, its blobs too`() async throws {
        let id = try await upload()
        let extractor = ScriptedExtractor { [test] _ in
            // The worker freezes past its lease here; reaper and another worker go on.
            test.store.clock.advance(by: .seconds(60))
            _ = try await test.store.store.reapExpiredLeases(limit: 10, policy: RetryPolicy())
            let other = try await test.store.claim("other")
            #expect(other.count == 1)
        }
        // One slot: a free one of the same worker would claim the run again itself.
        let run = try await work(extractor, until: .processing, of: id, slots: 1) { [test] in
            while try await test.library.document(id, in: test.store.scope).run.leasedBy?.rawValue != "other" {
                try await Task.sleep(for: .milliseconds(5))
            }
            try await Task.sleep(for: .milliseconds(300))
        }
        #expect(run.status == .processing && run.leasedBy?.rawValue == "other")
        #expect(try await test.store.database.read { try $0.rows("SELECT run_id FROM artifacts", []).count } == 0)
    }

    @Test func `the sweep removes what no row names, and only when it is old`() async throws {
        let id = try await upload()
        let stray = BlobKey(rawValue: "w1/sources/stray")
        _ = try await test.library.blobs.put(stray, bytes: [1])
        #expect(try await Sweep(library: test.library).run().isEmpty)
        var later = Machine.real
        later.wallClock = ManualClock(at: SystemClock().now() + .seconds(25 * 3600))
        #expect(try await Sweep(library: test.library.on(later)).run().leftovers == 1)
        let version = try await test.library.document(id, in: test.store.scope).version
        #expect(try await test.library.source(of: version, range: nil).bytes == 1)
    }
}
