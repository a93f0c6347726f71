import ColophonCore
import ColophonSamples
import ColophonStore

/// Makes ended claims, a batch at a time in a workspace of its own, and tries to write under them.
///
/// The workspace's rows are read once before a batch's tries and once after them: histories and the feed only grow, so whatever a try
/// changed is still seen at the end. A batch in which something changed is played again, with a look after every try, to name it.
struct StaleHarness {
    let database: any SQLDatabase
    let seed: UInt64

    private static let batch = 50

    /// - Returns: A sentence for each write that had an effect, and how many were tried.
    func run(_ cases: Int) async throws -> (effects: [String], tries: Int) {
        var generator = SplitMix64(seed: seed)
        var effects: [String] = []
        for first in stride(from: 0, to: cases, by: Self.batch) {
            let plans = (first..<min(first + Self.batch, cases)).map { StaleCase(index: $0, using: &generator) }
            if try await hasEffect(plans) {
                let guilty = try await singly(plans)
                effects += guilty.isEmpty ? ["cases \(first) to \(first + plans.count - 1): something changed, and not once more"] : guilty
            }
        }
        return (effects, cases * StaleVerb.all.count)
    }

    private func hasEffect(_ plans: [StaleCase]) async throws -> Bool {
        let workspace = try await StaleWorkspace.make(for: plans, in: database, name: "stale-\(plans[0].index)")
        let before = try await workspace.rows()
        // Cases side by side: late workers do not wait for one another either.
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (plan, claim) in workspace.claims {
                group.addTask { for verb in plan.verbs { try await verb.play(workspace.store, claim) } }
            }
            try await group.waitForAll()
        }
        let hasEffect = try await workspace.rows() != before
        try await workspace.cancelAll()
        return hasEffect
    }

    private func singly(_ plans: [StaleCase]) async throws -> [String] {
        let workspace = try await StaleWorkspace.make(for: plans, in: database, name: "again-\(plans[0].index)")
        var effects: [String] = []
        for (plan, claim) in workspace.claims {
            var before = try await workspace.rows()
            for verb in plan.verbs {
                try await verb.play(workspace.store, claim)
                let after = try await workspace.rows()
                if after != before { effects.append("case \(plan.index), \(plan.end): \(verb.name) changed something") }
                before = after
            }
        }
        try await workspace.cancelAll()
        return effects
    }
}

/// How one claim ends, and in which order everything is tried under it.
struct StaleCase: Sendable {
    /// Those first whose job another worker claims: it must be the only one that is due then.
    enum End: Int, CaseIterable { case reapedAndClaimed, reapedAndCompleted, cancelled, deleted, completed, failed, reaped, released }

    let index: Int
    let end: End
    let verbs: [StaleVerb]

    init(index: Int, using generator: inout SplitMix64) {
        self.index = index
        end = End.allCases[Int(generator.next() % UInt64(End.allCases.count))]
        verbs = StaleVerb.all.shuffled(using: &generator)
    }
}
