import ArgumentParser
import ColophonCore
import ColophonStore
import Foundation

/// Claim to finish on SQLite with every commit synced: no-op jobs, with events, epochs and changes kept.
struct QueueBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "queue", abstract: "The queue: jobs a second, claim to finish.")

    @Option(help: "How many jobs.") var jobs = 10_000
    @Option(help: "How many are claimed at once.") var batch = 100
    @Option(help: "How often.") var rounds = 5
    @Option(help: "The folder; its disk is what is measured.") var folder: String?

    func run() async throws {
        var rates: [Double] = []
        var syncs: [Double] = []
        var latencies: [Double] = []
        for round in 0..<rounds {
            try await Samples.withFolder { temporary in
                let folder = folder.map { "\($0)/queue-bench-\(getpid())-\(round)" } ?? temporary
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
                defer { try? FileManager.default.removeItem(atPath: folder) }
                latencies.append(try SyncProbe.medianMilliseconds(in: folder))
                let database = try await SQLiteDatabase.open(path: "\(folder)/queue.sqlite")
                guard try await database.synchronousLevel() == 2 else { throw ColophonError(.internal, "FULL is not in force.") }
                let (seconds, commits) = try await drain(database)
                rates.append(Double(jobs) / seconds)
                syncs.append(Double(commits) / Double(jobs))
                try await database.close()
            }
        }
        print("queue: \(jobs) jobs, claimed \(batch) at a time, SQLite with synchronous=FULL")
        print("  jobs a second, claim to finish: \(Spread(rates))")
        print("  commits (each one sync) a job: \(Spread(syncs))")
        print("  the disk's sync of 4 KiB, ms: \(Spread(latencies))")
    }

    private func drain(_ database: SQLiteDatabase) async throws -> (Double, Int) {
        let store = SQLStore(database)
        let scope = WorkspaceScope(workspace: WorkspaceID(rawValue: "bench"), actor: "bench")
        try await store.ensureWorkspace(scope.workspace, name: "bench")
        let zeros = String(repeating: "0", count: 64)
        for start in stride(from: 0, to: jobs, by: 500) {
            try await withThrowingTaskGroup { group in
                for index in start..<min(start + 500, jobs) {
                    group.addTask {
                        let receipt = BlobReceipt(key: .source(in: scope.workspace), bytes: 1, sha256: Self.hash(index), head: [])
                        let upload = Upload(
                            documentID: nil, receipt: receipt, contentType: "application/pdf", originalName: "x", process: true,
                            extractor: ExtractorIdentity(name: "none", version: "1"))
                        _ = try await store.acceptUpload(upload, in: scope)
                    }
                }
                try await group.waitForAll()
            }
        }
        let (before, start) = (database.commitCount, ContinuousClock.now)
        while true {
            let claimed = try await store.claimJobs(limit: batch, for: WorkerID(rawValue: "bench"), lease: .seconds(60))
            if claimed.isEmpty { break }
            try await withThrowingTaskGroup { group in
                for job in claimed {
                    group.addTask {
                        let artifact = Artifact(kind: .structure, blob: .result(.structure, of: job.claim), sha256: zeros, bytes: 1)
                        try await store.complete(job.claim, with: RunResult(artifacts: [artifact], pages: 1, items: 1))
                    }
                }
                try await group.waitForAll()
            }
        }
        let spent = start.duration(to: .now)
        let seconds = Double(spent.components.seconds) + Double(spent.components.attoseconds) / 1e18
        let depth = try await store.queueDepth()
        guard depth == QueueDepth(waiting: 0, claimed: 0) else { throw ColophonError(.internal, "Jobs are left: \(depth).") }
        return (seconds, database.commitCount - before)
    }

    /// Equal bytes would be one job.
    private static func hash(_ index: Int) -> String {
        let digits = String(index)
        return String(repeating: "0", count: 64 - digits.count) + digits
    }
}
