import ColophonCore
import ColophonExtraction
import ColophonPipeline
import ColophonTestSupport
import DoclingDocument
import Logging
import ServiceLifecycle
import Synchronization
import Testing

/// A worker whose gateway fails in every way: right codes, right retries, and nothing lost.
@Suite(.timeLimit(.minutes(5))) struct GatewayWorkerTests {
    /// Reads every document as an empty one.
    private struct EmptyReader: Extractor {
        let name = "empty"
        let version = "1"

        func extract(_ source: ExtractionSource, progress: @escaping @Sendable (PageProgress) -> Void) async throws -> Extraction {
            Extraction(document: DoclingDocument(name: source.name))
        }
    }

    let test: TestLibrary

    init() async throws {
        var limits = Limits()
        // Time flies here: a lease of seconds would be over in the ledger while a busy machine keeps its worker waiting.
        limits.lease = .seconds(86_400)
        test = try await TestLibrary(limits: limits)
    }

    private static let offered = [MappingSummary(name: "theirs_v1", title: "T", summary: "s")]

    private func upload(_ text: String, mapped: Bool = true) async throws -> DocumentID {
        let library = test.library.offering(Self.offered, usual: "theirs_v1").making(GatewayExtractor.recipe(over: OpenStore.recipe))
        let change = SettingsChange(mapping: mapped ? MappingChoice(name: "theirs_v1", isPretty: false) : nil)
        return try await library.making(change).upload(
            WorkerTests.OneBody(text: text), to: nil, name: "\(text).pdf", declaredType: nil, in: test.store.scope
        ).detail.document.id
    }

    private func run(_ id: DocumentID) async throws -> Run { try await test.library.document(id, in: test.store.scope).run }

    private func runs(_ ids: [DocumentID]) async throws -> [Run] {
        var runs: [Run] = []
        for id in ids { runs.append(try await run(id)) }
        return runs
    }

    /// Runs a worker over a gateway while `body` looks on; time in the ledger goes on by a second every few milliseconds.
    private func work(
        _ gateway: ScriptedGateway, failsFast: Bool = false, pause: Duration = .milliseconds(200), _ body: @Sendable () async throws -> Void
    ) async throws {
        var settings = try GatewaySettings(address: gateway.address)
        settings.timeout = .seconds(20)
        settings.retryPause = .milliseconds(10)
        settings.failsFast = failsFast
        (settings.breaker.pause, settings.breaker.pauseMax, settings.breaker.trialWait) = (pause, pause, .milliseconds(100))
        let client = GatewayClient(settings)
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await work(client, settings, body)) } catch { outcome = .failure(error) }
        try await client.close()
        try outcome.get()
    }

    private func work(_ client: GatewayClient, _ settings: GatewaySettings, _ body: @Sendable () async throws -> Void) async throws {
        let extractor = GatewayExtractor(
            reader: EmptyReader(), client: client, settings: settings, clock: test.library.machine.clock, logger: test.library.logger)
        let worker = Worker(library: test.library, extractor: extractor, slots: 2, pollInterval: .milliseconds(20))
        let group = ServiceGroup(configuration: .init(services: [worker], gracefulShutdownSignals: [], logger: test.library.logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            tasks.addTask { [test] in
                while !Task.isCancelled {
                    test.store.clock.advance(by: .seconds(1))
                    try? await Task.sleep(for: .milliseconds(10))
                }
            }
            do { try await body() } catch {
                await group.triggerGracefulShutdown()
                tasks.cancelAll()
                throw error
            }
            await group.triggerGracefulShutdown()
            try await tasks.next()
            tasks.cancelAll()
        }
    }

    private func wait(_ what: String, until condition: @Sendable () async throws -> Bool) async throws {
        let deadline = ContinuousClock.now.advanced(by: .seconds(120))
        while ContinuousClock.now < deadline {
            if try await condition() { return }
            // Seldom enough that looking does not keep the worker, which uses the same store, from its work.
            try await Task.sleep(for: .milliseconds(25))
        }
        throw ColophonError(.timeout, "\(what) did not happen.")
    }

    @Test func `a gateway that fails twice is asked a third time, and its XML is the run's`() async throws {
        let gateway = try ScriptedGateway([.reply(502), .hangUp, .good])
        let id = try await upload("a")
        try await work(gateway) { try await wait("the end") { try await run(id).status == .complete } }
        let ended = try await run(id)
        #expect(ended.attempt == 3 && ended.extractor == "gateway" && ended.extractorVersion == "1+1" && gateway.requests.count == 3)
        #expect(gateway.requests.allSatisfy { $0.head.lowercased().contains("x-request-id: \(ended.id.rawValue.lowercased())") })
        let (_, body) = try await test.library.result(.mapped, run: ended.id, of: id, in: test.store.scope)
        var xml: [UInt8] = []
        for try await piece in body { xml += piece }
        #expect(String(decoding: xml, as: UTF8.self) == "<Invoice><Total>1</Total></Invoice>")
        // The gateway says no more than its XML; the document's own structure was read here.
        #expect(try await test.library.artifactIfKept(.fields, of: ended, in: test.store.scope) == nil)
        #expect(try await test.library.artifactIfKept(.structure, of: ended, in: test.store.scope) != nil)
    }

    @Test(
        arguments: [
            (.reply(400), .gatewayRefused, 1), (.reply(413), .tooLarge, 1), (.reply(422), .validationError, 1),
            (.reply(500), .gatewayFailed, 3),
            (.reply(200, [:], "<"), .gatewayFailed, 3),
        ] as [(ScriptedGateway.Answer, RunFailure.Code, Int)])
    func `what another attempt may mend is tried three times, what it cannot once`(
        answer: ScriptedGateway.Answer, code: RunFailure.Code, attempts: Int
    ) async throws {
        let gateway = try ScriptedGateway([answer])
        let id = try await upload("a")
        try await work(gateway) { try await wait("the end") { try await run(id).status == .failed } }
        let ended = try await run(id)
        #expect(ended.failure?.code == code && ended.attempt == attempts && gateway.requests.count == attempts)
    }

    @Test func `while the gateway fails what needs it is held, all else goes on, and when it answers again all of it is done`()
        async throws
    {
        let gateway = try ScriptedGateway([.reply(500)])
        var ids: [DocumentID] = []
        for number in 0..<12 { ids.append(try await upload("\(number)")) }
        try await work(gateway, pause: .milliseconds(100)) { [ids] in
            // Five calls open it; then trials, more than a run has attempts.
            try await wait("eight trials") { gateway.requests.count >= 5 + 8 }
            // A document that needs no gateway does not wait for it, though it came last.
            let plain = try await upload("plain", mapped: false)
            try await wait("its end") { try await run(plain).status == .complete }
            let waiting = try await runs(ids)
            #expect(waiting.allSatisfy { $0.status == .queued || $0.status == .processing }, "\(waiting.map(\.status))")
            gateway.answer(.good)
            try await wait("the end") { try await runs(ids).allSatisfy { $0.status == .complete } }
        }
        // What was held, and every trial, is no attempt: five calls failed before it opened, and two more may have been under way.
        let attempts = try await runs(ids).map { $0.attempt - 1 }.reduce(0, +)
        #expect(attempts <= 7, "\(attempts)")
    }

    @Test func `a gateway that is busy is waited for, however often it says so`() async throws {
        let gateway = try ScriptedGateway(Array(repeating: .reply(503), count: 8) + [.reply(429), .good])
        let id = try await upload("a")
        try await work(gateway, pause: .milliseconds(50)) { try await wait("the end") { try await run(id).status == .complete } }
        #expect(try await run(id).attempt == 1 && gateway.requests.count == 10)
    }

    @Test func `who wants to fail fast is told at once, without a call`() async throws {
        let gateway = try ScriptedGateway([.reply(500)])
        var ids: [DocumentID] = []
        for number in 0..<12 { ids.append(try await upload("\(number)")) }
        try await work(gateway, failsFast: true, pause: .seconds(60)) { [ids] in
            try await wait("the end") { try await runs(ids).allSatisfy { $0.status == .failed } }
        }
        let codes = try await runs(ids).compactMap { $0.failure?.code }
        #expect(codes.filter { $0 == .gatewayUnavailable }.count >= 10, "\(codes)")
        #expect(gateway.requests.count <= 7)
        // Nothing is lost: once the gateway is back they are tried again by hand.
        gateway.answer(.good)
        for run in try await runs(ids) { _ = try await test.library.retry(run.id, of: run.documentID, in: test.store.scope) }
        try await work(gateway) { [ids] in try await wait("the end") { try await runs(ids).allSatisfy { $0.status == .complete } } }
    }

    @Test func `what has no mapping is no gateway's business`() async throws {
        let gateway = try ScriptedGateway([.reply(500)])
        let id = try await upload("a", mapped: false)
        try await work(gateway) { try await wait("the end") { try await run(id).status == .complete } }
        #expect(gateway.requests.isEmpty)
    }
}
