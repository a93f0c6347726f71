import ColophonCore
import ColophonSamples
import ColophonStore
import Foundation

/// Changes documents straight in the database, one transaction after the other.
struct FeedWriter {
    struct Tally: Codable {
        var changes = 0
        var transactions = 0
        var rolledBack = 0
        var heldMilliseconds = 0

        static func + (left: Self, right: Self) -> Self {
            Tally(
                changes: left.changes + right.changes, transactions: left.transactions + right.transactions,
                rolledBack: left.rolledBack + right.rolledBack, heldMilliseconds: left.heldMilliseconds + right.heldMilliseconds)
        }
    }

    let database: any SQLDatabase
    let workspaces: Int
    let numbering: FeedNumbering
    /// The longest that a transaction is held open, in milliseconds, and how many of a hundred are.
    let hold: (longest: Int, share: Int)
    let seed: UInt64

    /// Writes until so many changes are committed.
    func run(_ changes: Int) async throws -> Tally {
        var dice = SplitMix64(seed: seed)
        var tally = Tally()
        while tally.changes < changes {
            let plan = FeedPlan(workspaces: workspaces, most: changes - tally.changes, hold: hold, using: &dice)
            do {
                try await write(plan)
                tally.changes += plan.touches.count
                tally.transactions += 1
            } catch is FeedPlan.RolledBack {
                tally.rolledBack += 1
            }
            tally.heldMilliseconds += plan.holdMilliseconds
        }
        return tally
    }

    private func write(_ plan: FeedPlan) async throws {
        try await database.write { [numbering] transaction in
            var heads: [Int: String] = [:]
            for touch in plan.touches {
                let (workspace, document) = (FeedWorld.workspace(touch.workspace), FeedWorld.document(touch.document))
                _ = try transaction.execute(
                    "UPDATE files SET edited_at = colophon_now(), deleted_at = \(touch.op == .delete ? "colophon_now()" : "NULL") "
                        + "WHERE workspace_id = ? AND id = ?",
                    [.text(workspace.rawValue), .text(document.rawValue)])
                switch numbering {
                case .counter: transaction.noteChange(document, touch.op, in: workspace)
                case .serial:
                    let rows = try transaction.rows(
                        "INSERT INTO changes (workspace_id, id, document_id, op, at) VALUES (?, nextval('"
                            + "\(numbering.sequence(of: touch.workspace))'), ?, ?, colophon_now()) RETURNING CAST(id AS TEXT) AS id",
                        [.text(workspace.rawValue), .text(document.rawValue), .text(touch.op.rawValue)])
                    heads[touch.workspace] = rows.first?.texts["id"]
                }
            }
            // A blocked thread is what a transaction that takes its time is made of.
            if plan.holdMilliseconds > 0 { usleep(UInt32(plan.holdMilliseconds) * 1000) }
            if plan.isRolledBack { throw FeedPlan.RolledBack() }
            for (workspace, head) in heads.sorted(by: { $0.key < $1.key }) {
                _ = try transaction.execute(
                    "UPDATE workspace_feeds SET head = GREATEST(head, \(head)) WHERE workspace_id = ?",
                    [.text(FeedWorld.workspace(workspace).rawValue)])
            }
        }
    }
}

/// What one transaction does.
struct FeedPlan: Sendable {
    struct Touch: Sendable {
        var workspace: Int
        var document: Int
        var op: Change.Op
    }

    struct RolledBack: Error {}

    /// In one order for all, so that no two transactions wait for each other.
    let touches: [Touch]
    let holdMilliseconds: Int
    let isRolledBack: Bool

    /// - Parameter most: The most changes.
    init(workspaces: Int, most: Int, hold: (longest: Int, share: Int), using dice: inout SplitMix64) {
        func roll(_ sides: Int) -> Int { Int(dice.next() % UInt64(sides)) }
        let chosen = (0...roll(min(3, workspaces))).map { _ in roll(4) == 0 ? 0 : roll(workspaces) }
        var places = Set<[Int]>()
        for _ in 0...roll(5) where places.count < most { places.insert([chosen[roll(chosen.count)], roll(FeedWorld.documents)]) }
        touches = places.sorted { $0.lexicographicallyPrecedes($1) }.map { place in
            Touch(workspace: place[0], document: place[1], op: roll(5) == 0 ? .delete : .upsert)
        }
        holdMilliseconds = roll(100) < hold.share ? roll(hold.longest + 1) : 0
        isRolledBack = roll(20) == 0
    }
}
