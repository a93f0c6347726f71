import ArgumentParser
import ColophonCore
import ColophonProcesses
import ColophonSamples
import ColophonStore
import ColophonStreams
import Foundation

/// How long a page of a large workspace's documents takes, however it is filtered and sorted.
struct ListBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Pages of the documents of one large workspace.")

    @Option(help: "sqlite or postgres.") var engine = QueueRig.Engine.sqlite
    @Option(help: "How many documents.") var documents = 1_000_000
    @Option(help: "How many questions of each kind.") var queries = 500
    @Option(help: "Other seeds draw other questions.") var seed: UInt64 = 1
    @Option(help: "How many of the slowest questions are shown.") var slowest = 5
    @Option(help: "How many documents are changed before each question.") var changes = 1
    @Flag(help: "Keep nothing in memory.") var byIndex = false

    func run() async throws {
        try await QueueRig.withServer(engine) { server in
            try await QueueRig.with(engine, server: server) { rig in
                let start = ContinuousClock.now
                try await ListFill(rig: rig, documents: documents).run()
                print(
                    "\(documents) documents on \(engine.rawValue), filled in \(start.duration(to: .now).inMilliseconds / 1000) s; ms a page:"
                )
                if !byIndex { try await keep(rig) }
                try await measure(rig)
            }
        }
    }

    /// As a server does, once a list took long.
    private func keep(_ rig: QueueRig) async throws {
        let (start, before) = (ContinuousClock.now, ProcessFigures.memory([getpid()]))
        guard let bytes = try await rig.store.keepList(of: QueueRig.workspace) else { throw ColophonError(.internal, "Nothing is kept.") }
        let (mine, all) = (Double(bytes) / 1_048_576, Double(ProcessFigures.memory([getpid()]) - before) / 1_048_576)
        print(
            String(format: "kept after %.1f s in %.0f MiB (%.0f more resident)", start.duration(to: .now).inMilliseconds / 1000, mine, all))
    }

    /// Somebody's edits, each a commit of its own, which the next question must take in.
    private func change(_ count: Int, _ rig: QueueRig, _ scope: WorkspaceScope, _ generator: inout SplitMix64) async throws {
        for _ in 0..<count {
            let id = ListFill.id(1 + Int(generator.next() >> 8) % documents)
            _ = try await rig.store.edit(id, DocumentEdit(metadata: try DocumentMetadata(#"{"ref":"B"}"#)), in: scope)
        }
    }

    private func measure(_ rig: QueueRig) async throws {
        var edits = SplitMix64(seed: seed &+ 1)
        var cases = ListCases(documents: documents, seed: seed)
        let scope = WorkspaceScope(workspace: QueueRig.workspace, actor: "bench")
        var promised: [Double] = []
        for kind in ListCase.Kind.allCases {
            var times: [(milliseconds: Double, question: ListCase)] = []
            for _ in 0..<(kind.isPromised ? queries : max(1, queries / 10)) {
                let question = cases.draw(kind)
                let query = try await query(question, rig, scope)
                try await change(changes, rig, scope, &edits)
                let start = ContinuousClock.now
                _ = try await rig.store.list(query, in: scope)
                times.append((start.duration(to: .now).inMilliseconds, question))
            }
            report(kind.rawValue, times.map(\.milliseconds))
            if kind.isPromised { promised += times.map(\.milliseconds) }
            for (milliseconds, question) in times.sorted(by: { $0.milliseconds > $1.milliseconds }).prefix(slowest) {
                print(
                    String(format: "      %.1f", milliseconds), question.filters, question.join,
                    question.sort.map { ($0.isDescending ? "-" : "") + $0.id.rawValue }, question.limit, question.place ?? 0,
                    question.q ?? "")
            }
        }
        report("all but words, totals and facets", promised)
    }

    /// The question as a query, its place as a cursor.
    private func query(_ question: ListCase, _ rig: QueueRig, _ scope: WorkspaceScope) async throws -> DocumentQuery {
        var query = try DocumentQuery.parse(
            filters: "[" + question.filters.joined(separator: ",") + "]", joinOperator: question.join, limit: "\(question.limit)",
            q: question.q, includeTotal: "\(question.counts)", includeFacets: "\(question.counts)", now: SystemClock().now())
        query.sort = question.sort
        if let place = question.place {
            let row = try await rig.store.documentRow(ListFill.id(place), in: scope)
            query.cursor = DocumentCursor(sort: question.sort, values: question.sort.map { row.sortValue($0.id) }, id: row.id)
        }
        return query
    }

    private func report(_ name: String, _ times: [Double]) {
        let spread = Spread(times)
        let figures = [0.5, 0.95, 0.99, 1].map { String(format: "%8.2f", spread.quantile($0)) }.joined(separator: " ")
        print("  \(name.padding(toLength: 34, withPad: " ", startingAt: 0)) n \(times.count) p50/p95/p99/max \(figures)")
    }
}
