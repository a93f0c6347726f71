import ColophonSimulation
import Testing

/// The product under faults of every kind: nothing is lost, nothing happens twice, everything ends.
@Suite(.serialized) struct StormTests {
    @Test func `under every kind of fault each invariant holds in every seed, and runs end in every way`() async throws {
        let summary = try await apart { try Campaign(first: 1, seeds: 60, jobs: 20, threads: 1).run() }
        for report in summary.broken {
            Issue.record("seed \(report.seed): \(report.findings); replay: colophon-sim --first \(report.seed) --seeds 1 --jobs 20 --trace")
        }
        #expect(summary.seeds == 60)
        // Or else it would prove little.
        for fault in Fault.allCases { #expect(summary.tally.counts[fault] ?? 0 > 0, "\(fault)") }
        for status in ["complete", "failed", "cancelled"] { #expect(summary.ended[status] ?? 0 > 0, "\(status)") }
    }

    @Test func `a story without faults has nothing to find either`() async throws {
        let report = try await apart { try Simulation(seed: 1, jobs: 5, plannedCrash: .never).run() }
        #expect(report.findings == [] && report.tally.counts[.crash] == nil && report.ended["complete"] ?? 0 > 0)
    }
}
