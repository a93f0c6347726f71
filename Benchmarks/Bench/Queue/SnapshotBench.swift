import ArgumentParser
import ColophonCore
import ColophonProcesses
import ColophonStore
import Foundation

/// What an old snapshot costs: dead rows cannot be cleared away while somebody might still look at them.
///
/// Two servers are loaded in turns, one of them with a snapshot held: what the machine does meanwhile befalls both.
struct SnapshotBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "snapshot", abstract: "The rate on PostgreSQL while an old snapshot is held open, beside one where none is.")

    @Option(help: "How long a server works with the snapshot before the last rate is taken, in seconds.") var seconds = 120
    @Option(help: "The window in which a rate is taken, in seconds.") var window = 10
    @Option(help: "How many windows the first and the last rate are the median of.") var windows = 3
    @Option(help: "How many claim at once.") var workers = 4
    @Option(help: "How many are claimed at once.") var batch = 100

    func run() async throws {
        try await QueueRig.withServer(.postgres) { held in
            try await QueueRig.withServer(.postgres) { free in
                guard let held, let free else { return }
                try await QueueRig.with(.postgres, server: held) { heldRig in
                    try await QueueRig.with(.postgres, server: free) { freeRig in
                        try await measure(held, heldRig, freeRig)
                    }
                }
            }
        }
    }

    private func measure(_ server: PostgresServer, _ held: QueueRig, _ free: QueueRig) async throws {
        let loads = [held, free].map { SteadyLoad(rig: $0, workers: workers, batch: batch) }
        for load in loads { try await load.fill() }
        let count = windows + seconds / window + windows
        var rates: [[Double]] = [[], []]
        for index in 0..<count {
            // The first windows are healthy; then the snapshot is taken, and not given back until the end.
            if index == windows { _ = try await HeldSnapshot(server, seconds: (count - index) * window * 2 + 60) }
            for load in index.isMultiple(of: 2) ? [0, 1] : [1, 0] { rates[load].append(try await loads[load].rate(during: window)) }
            print("  window \(index + 1): \(Int(rates[0][index]))/s, on the other server \(Int(rates[1][index]))/s")
        }
        let shares = zip(rates[0], rates[1]).map { $0 / $1 }
        let (healthy, last) = (Spread(Array(shares.prefix(windows))), Spread(Array(shares.suffix(windows))))
        print("rate of a server with a snapshot, held after the first \(windows) windows of \(window) s, to that of one without:")
        print("  before \(healthy); after \(seconds) s of work \(last)")
        let alone = [Array(rates[0].prefix(windows)), Array(rates[0].suffix(windows))].map { Spread($0).median }
        print("  kept: \(Self.percent(last.median / healthy.median)), by its own rates alone \(Self.percent(alone[1] / alone[0]))")
    }
}

extension SnapshotBench {
    private static func percent(_ share: Double) -> String { String(format: "%.0f %%", share * 100) }
}

/// A transaction that looked once and then stays open; it ends with its process.
struct HeldSnapshot {
    private static let name = "held-snapshot"

    /// - Throws: When the server does not hold the snapshot within ten seconds: what is measured then would mean nothing.
    init(_ server: PostgresServer, seconds: Int) async throws {
        let sql = "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM pg_class; SELECT pg_sleep(\(seconds));"
        _ = try ChildProcess("/usr/bin/psql", ["-X", "-q", server.url, "-c", sql], environment: ["PGAPPNAME": Self.name])
        let isHeld =
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = '\(Self.name)' AND wait_event = 'PgSleep' "
            + "AND backend_xmin IS NOT NULL"
        let end = ContinuousClock.now + .seconds(10)
        while try await server.execute(isHeld) != "1" {
            guard ContinuousClock.now < end else { throw ColophonError(.unavailable, "The snapshot is not held.") }
            try await Task.sleep(for: .milliseconds(50))
        }
    }
}
