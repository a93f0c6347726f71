import ArgumentParser
import ColophonCore
import ColophonProcesses
import ColophonSamples
import ColophonStore
import Foundation

/// Has a worker's claim end in every way there is, and then lets the worker try everything under it: nothing may change.
struct StaleCases: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "stale", abstract: "Workers that wake late try to write.")

    @Option(help: "How many claims that ended.") var cases = 10_000
    @Option(help: "Decides how each ends and what is tried.") var seed: UInt64 = 1
    @Flag(help: "On a PostgreSQL server of its own.") var postgres = false

    func run() async throws {
        let server = postgres ? try await PostgresServer.start(settings: ["fsync=off"]) : nil
        let database: any SQLDatabase =
            if let server { try await PostgresDatabase.open(PostgresSettings(url: server.url)) } else {
                try await SQLiteDatabase.inMemory()
            }
        let start = ContinuousClock.now
        let (effects, tries) = try await StaleHarness(database: database, seed: seed).run(cases)
        let violations = try await SQLStore(database).violations(limit: 20)
        try await database.close()
        await server?.stop()
        let seconds = start.duration(to: .now).components.seconds
        print("\(cases) claims that had ended, \(tries) writes tried under them, \(effects.count) with an effect; \(seconds) s")
        for finding in effects.prefix(20) + violations { print("BROKEN \(finding)") }
        guard effects.isEmpty, violations.isEmpty else { throw ExitCode(1) }
    }
}

/// Makes ended claims, one after the other, and tries to write under them.
struct StaleHarness {
    /// How a claim ends.
    enum End: CaseIterable { case reaped, reapedAndClaimed, reapedAndCompleted, cancelled, deleted, completed, failed, released }

    let database: any SQLDatabase
    let seed: UInt64

    private var store: SQLStore { SQLStore(database) }
    private static let workspace = WorkspaceID(rawValue: "stale")
    private static let scope = WorkspaceScope(workspace: workspace, actor: "stale")
    private static let extractor = ExtractorIdentity(name: "none", version: "1")

    /// - Returns: A sentence for each write that had an effect, and how many were tried.
    func run(_ cases: Int) async throws -> (effects: [String], tries: Int) {
        var generator = SplitMix64(seed: seed)
        try await store.ensureWorkspace(Self.workspace, name: "stale")
        var effects: [String] = []
        var tries = 0
        for index in 0..<cases {
            let end = End.allCases[Int(generator.next() % UInt64(End.allCases.count))]
            let job = try await claim(by: "first")
            try await bring(job, to: end)
            let before = try await rows(of: job.documentID)
            for verb in Self.verbs.shuffled(using: &generator) {
                tries += 1
                try await verb.play(store, job.claim)
                let after = try await rows(of: job.documentID)
                if after != before {
                    effects.append("case \(index), \(end): \(verb.name) changed something")
                    break
                }
            }
            // What waits in the queue would be claimed by the next case.
            _ = try? await store.cancelRuns(of: job.documentID, in: Self.scope)
        }
        return (effects, tries)
    }

    private func claim(by worker: String) async throws -> ClaimedJob {
        let key = BlobKey.source(in: Self.workspace)
        let receipt = BlobReceipt(
            key: key, bytes: 1, sha256: String(key.rawValue.suffix(36).filter { $0 != "-" } + String(repeating: "0", count: 32)), head: [])
        let upload = Upload(
            documentID: nil, receipt: receipt, contentType: "application/pdf", originalName: "x", process: true, extractor: Self.extractor)
        _ = try await store.acceptUpload(upload, in: Self.scope)
        guard let job = try await store.claimJobs(limit: 1, for: WorkerID(rawValue: worker), lease: .seconds(600)).first else {
            throw ColophonError(.internal, "There was nothing to claim.")
        }
        return job
    }

    private func bring(_ job: ClaimedJob, to end: End) async throws {
        let first = WorkerID(rawValue: "first")
        switch end {
        case .reaped, .reapedAndClaimed, .reapedAndCompleted:
            _ = try await store.reapLeases(of: first, limit: 10, policy: RetryPolicy())
            if end == .reaped { return }
            guard let second = try await store.claimJobs(limit: 1, for: WorkerID(rawValue: "second"), lease: .seconds(600)).first else {
                throw ColophonError(.internal, "A reaped job was not due.")
            }
            if end == .reapedAndCompleted { try await store.complete(second.claim, with: Self.result(of: second.claim)) }
        case .cancelled: _ = try await store.cancelRuns(of: job.documentID, in: Self.scope)
        case .deleted: try await store.deleteDocument(job.documentID, in: Self.scope)
        case .completed: try await store.complete(job.claim, with: Self.result(of: job.claim))
        case .failed: _ = try await store.fail(job.claim, with: RunFailure(.parseFailed), policy: RetryPolicy(), retryDelay: .zero)
        case .released: try await store.release(job.claim)
        }
    }

    private static func result(of claim: RunClaim) -> RunResult {
        let hash = String(repeating: "0", count: 64)
        return RunResult(
            artifacts: [Artifact(kind: .structure, blob: .result(.structure, of: claim), sha256: hash, bytes: 1)], pages: 1, items: 1)
    }

    private struct Verb {
        var name: String
        var play: @Sendable (SQLStore, RunClaim) async throws -> Void
    }

    /// Everything that a worker may say of its claim; a refusal is what is expected, and any other error is not.
    private static var verbs: [Verb] {
        let failures: [RunFailure.Code] = [.ioError, .parseFailed, .lost]
        return [
            Verb(name: "complete") { store, claim in try await refused { try await store.complete(claim, with: result(of: claim)) } },
            Verb(name: "renew") { store, claim in
                _ = try await store.renew([Heartbeat(claim: claim, progress: PageProgress(done: 7, total: 9))], lease: .seconds(600))
            },
            Verb(name: "release") { store, claim in try await store.release(claim) },
        ]
            + failures.map { code in
                Verb(name: "fail as \(code.rawValue)") { store, claim in
                    try await refused {
                        _ = try await store.fail(claim, with: RunFailure(code), policy: RetryPolicy(), retryDelay: .zero)
                    }
                }
            }
    }

    private static func refused(_ body: () async throws -> Void) async throws {
        do { try await body() } catch let error as ColophonError where error.reason == "LEASE_LOST" {}
    }

    /// Every row that tells of a document, and how many changes the feed has.
    private func rows(of document: DocumentID) async throws -> [String] {
        let owned = ["file_versions", "runs", "events"].map { "SELECT * FROM \($0) WHERE workspace_id = ? AND document_id = ?" }
        let queries =
            ["SELECT * FROM files WHERE workspace_id = ? AND id = ?", "SELECT * FROM workspace_feeds WHERE workspace_id = ? AND ? <> ''"]
            + owned
            + ["jobs", "artifacts"].map {
                "SELECT t.* FROM \($0) t JOIN runs r ON r.workspace_id = t.workspace_id AND r.id = t.run_id WHERE r.workspace_id = ? AND r.document_id = ?"
            }
        return try await database.read { connection in
            try queries.flatMap { try connection.rows($0, [.text(Self.workspace.rawValue), .text(document.rawValue)]).map(\.description) }
                .sorted()
        }
    }
}
