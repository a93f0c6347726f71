import ColophonCore
import ColophonProcesses
import ColophonSamples
import ColophonStore
import ColophonStreams
import Foundation

/// One run: writers in processes of their own, the server in another, and the readers here.
struct FeedRun {
    let plan: FeedCommand
    let folder: String
    let server: PostgresServer?

    private var program: String { plan.program ?? "\(ColophonChaos.folder)/colophon" }
    private var data: String { "\(folder)/data" }
    private var databaseWords: [String] { server.map { ["--database", $0.url] } ?? [] }
    /// As writers are told.
    private var databaseName: String { server?.url ?? "\(data)/colophon.sqlite" }

    /// - Returns: What is wrong; nothing when all is well.
    func run() async throws -> [String] {
        // The first key that is made makes the tables; a server makes none where there is one.
        try await Data(key(for: FeedWorld.workspace(0)).utf8).write(to: URL(fileURLWithPath: "\(data)/local.key"))
        let database = try await FeedWriterCommand.open(databaseName, connections: 2)
        let world = try await FeedWorld.make(
            workspaces: plan.workspaces, in: database, numbering: plan.numbering, keys: { try await key(for: $0) })
        var colophon = try await serve(port: 0)
        defer { colophon.process.send(SIGKILL) }
        let port = colophon.address.split(separator: ":").last.flatMap { UInt16($0) } ?? 0
        let proxy = try CuttingProxy(to: port, meanBytes: 100_000, seed: plan.seed)
        defer { proxy.close() }
        let crowd = FeedCrowd(plan: plan, world: world, port: proxy.port)
        crowd.start()

        let start = ContinuousClock.now
        let writers = try startWriters()
        defer { for writer in writers { writer.send(SIGKILL) } }
        var moments = killMoments()[...]
        var falls = 0
        while !writers.allSatisfy({ $0.hasEnded() }) {
            if let moment = moments.first, try await world.written() >= moment {
                moments = moments.dropFirst()
                colophon = try await restart(colophon, port: port)
            } else if colophon.process.hasEnded() {
                falls += 1
                colophon = try await serve(port: port)
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        let writing = start.duration(to: .now)
        for _ in moments { colophon = try await restart(colophon, port: port) }
        let tally = try await self.tally(of: writers)
        let heads = try await world.heads()
        let isOver = await crowd.finish(at: heads, within: .seconds(plan.settle))
        let settling = start.duration(to: .now) - writing

        var audit = FeedAudit()
        for (workspace, head) in zip(world.workspaces, heads) {
            let table = try await world.changes(of: workspace)
            if plan.numbering == .counter { audit.check(table, head: head, of: workspace.id.rawValue) }
            for (index, reader) in crowd.readers.enumerated() where reader.workspace.id == workspace.id {
                audit.check(reader.record, against: table, reader: "reader \(index)")
            }
        }
        try await database.close()
        report(tally, writing: writing, settling: settling, cuts: proxy.cuts, crowd: crowd, audit: audit)
        var findings = audit.findings
        if tally.changes != plan.changes { findings.append("\(tally.changes) changes were written") }
        if plan.numbering == .counter, heads.reduce(0, +) != Int64(plan.changes) + world.workspaces.reduce(0, { $0 + $1.head }) {
            findings.append("the heads \(heads) do not add up to \(plan.changes) changes")
        }
        if falls > 0 || colophon.process.hasEnded() { findings.append("the server ended \(max(1, falls)) times by itself") }
        if !isOver { findings.append("readers did not come to the end within \(plan.settle) s") }
        return findings
    }

    private func key(for workspace: WorkspaceID) async throws -> String {
        let output = "\(folder)/key-\(UUID().uuidString)"
        let words = ["key", "create", "reader", "--workspace", workspace.rawValue, "--data", data]
        let status = await (try ChildProcess(program, words + databaseWords, output: output)).wait(timeout: .seconds(60)).status
        let text = (try? String(contentsOfFile: output, encoding: .utf8)) ?? ""
        guard status == 0, let key = text.split(whereSeparator: \.isWhitespace).first(where: { $0.hasPrefix("colophon_") }) else {
            throw StartFailure(log: text)
        }
        return String(key)
    }

    private func serve(port: UInt16) async throws -> ColophonServerProcess {
        try await ColophonServerProcess.start(
            program: program, data: data, port: Int(port), arguments: ["--no-worker"] + databaseWords,
            environment: ["SWIFT_BACKTRACE": "enable=no"])
    }

    private func restart(_ server: ColophonServerProcess, port: UInt16) async throws -> ColophonServerProcess {
        server.process.send(SIGKILL)
        _ = await server.process.wait(timeout: .seconds(10))
        return try await serve(port: port)
    }

    /// After how many changes the server is killed: spread over the run, each somewhere in its part.
    private func killMoments() -> [Int64] {
        var dice = SplitMix64(seed: plan.seed &+ 99)
        return (0..<plan.kills).map { kill in
            let part = plan.changes / max(1, plan.kills)
            return Int64(kill * part + Int(dice.next() % UInt64(max(1, part))))
        }
    }

    private func startWriters() throws -> [ChildProcess] {
        try (0..<plan.processes).map { index in
            func share(_ whole: Int) -> Int { whole * (index + 1) / plan.processes - whole * index / plan.processes }
            let words = [
                "feed-writer", "--database", databaseName, "--tasks", "\(max(1, share(plan.writers)))", "--changes",
                "\(share(plan.changes))", "--workspaces", "\(plan.workspaces)", "--hold-max", "\(plan.holdMax)", "--hold-share",
                // SQLite has one writer: whoever holds it open holds up all.
                "\(server == nil ? 0 : plan.holdShare)", "--seed", "\(plan.seed &* 100 &+ UInt64(index))", "--numbering",
                plan.numbering.rawValue,
            ]
            // Half of the processes say nothing: what they write is found by looking.
            return try ChildProcess(
                "\(ColophonChaos.folder)/colophon-chaos", words + (index % 2 == 0 ? ["--announces"] : []),
                output: "\(folder)/writer-\(index)")
        }
    }

    private func tally(of writers: [ChildProcess]) async throws -> FeedWriter.Tally {
        var total = FeedWriter.Tally()
        for (index, writer) in writers.enumerated() {
            let status = await writer.wait(timeout: .seconds(10)).status
            let text = (try? String(contentsOfFile: "\(folder)/writer-\(index)", encoding: .utf8)) ?? ""
            guard status == 0, let line = text.split(separator: "\n").last else { throw StartFailure(log: "a writer: \(text)") }
            total = total + (try JSONDecoder().decode(FeedWriter.Tally.self, from: Data(line.utf8)))
        }
        return total
    }

    private func report(
        _ tally: FeedWriter.Tally, writing: Duration, settling: Duration, cuts: Int, crowd: FeedCrowd, audit: FeedAudit
    ) {
        let seconds = Double(writing.components.seconds) + Double(writing.components.attoseconds) / 1e18
        let records = crowd.readers.map(\.record)
        let held = tally.transactions == 0 ? 0 : tally.heldMilliseconds / (tally.transactions + tally.rolledBack)
        print(
            """
            \(tally.changes) changes in \(tally.transactions) transactions by \(plan.writers) writers, \(tally.rolledBack) rolled back, each \
            held open \(held) ms on average; \(String(format: "%.1f s, %.0f changes/s", seconds, Double(tally.changes) / seconds))
            \(plan.readers) readers, \(records.reduce(0) { $0 + $1.streams }) streams and \(records.reduce(0) { $0 + $1.pages }) pages, \
            \(cuts) connections cut on the way, \(records.reduce(0) { $0 + $1.breaks }) seen to break, \
            \(records.reduce(0) { $0 + $1.refusals }) refused; the server was killed \(plan.kills) times
            at the end after \(settling.inTenths) s: \(audit.summary)
            """)
    }
}

/// The readers, a thread each.
struct FeedCrowd {
    let readers: [FeedReader]

    init(plan: FeedCommand, world: FeedWorld, port: UInt16) {
        readers = (0..<plan.readers).map { index in
            FeedReader(
                workspace: world.workspaces[index % world.workspaces.count], port: port, seed: plan.seed &* 7919 &+ UInt64(index),
                startsAtHead: index / world.workspaces.count % 2 == 0)
        }
    }

    func start() {
        for (index, reader) in readers.enumerated() {
            let thread = Thread { reader.run() }
            thread.name = "reader-\(index)"
            thread.start()
        }
    }

    /// Lets the readers come to the end.
    ///
    /// - Returns: Whether all did.
    func finish(at heads: [Int64], within limit: Duration) async -> Bool {
        for (index, reader) in readers.enumerated() { reader.finish(at: heads[index % heads.count]) }
        let end = ContinuousClock.now + limit
        while !readers.allSatisfy(\.isDone), ContinuousClock.now < end { try? await Task.sleep(for: .milliseconds(20)) }
        for reader in readers { reader.stop() }
        return readers.allSatisfy(\.isDone)
    }
}
