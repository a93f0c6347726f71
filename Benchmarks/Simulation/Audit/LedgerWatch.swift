import ColophonCore
import ColophonStore

/// What must hold of every single update of a run's row, whoever makes it and however the processes lie.
struct LedgerWatch {
    private var epochs: [RunID: Int64] = [:]
    private var completed: Set<RunID> = []

    /// - Parameter now: The database's true time.
    mutating func findings(in updates: [InPlaceSQLite.RunUpdate], by verb: Verb, now: Timestamp) -> [String] {
        updates.flatMap { findings(in: $0, by: verb, now: now) }
    }

    private mutating func findings(in update: InPlaceSQLite.RunUpdate, by verb: Verb, now: Timestamp) -> [String] {
        var found: [String] = []
        func demand(_ holds: Bool, _ sentence: String) { if !holds { found.append("run \(update.run) \(sentence)") } }

        demand(
            update.from == update.to || update.from.successors.contains(update.to), "went from \(update.from) to \(update.to)")
        let highest = max(epochs[update.run] ?? 0, update.oldEpoch)
        demand(update.newEpoch >= highest, "went back to epoch \(update.newEpoch) from \(highest)")
        epochs[update.run] = max(highest, update.newEpoch)

        if update.to == .complete && update.from != .complete {
            demand(completed.insert(update.run).inserted, "completed twice")
        }
        if update.to == .cancelled && update.from != .cancelled {
            demand(update.newEpoch > update.oldEpoch, "was cancelled without a new epoch")
        }
        switch verb {
        case .claim:
            demand(update.newEpoch > update.oldEpoch, "was claimed without a new epoch")
        case .reap:
            demand(update.to != .queued || update.newEpoch > update.oldEpoch, "was taken from its worker without a new epoch")
            demand(update.leaseExpiresAt.map { $0 <= now } ?? false, "was taken from its worker before its lease had ended")
        case .under(let claims): found += findings(in: update, under: claims)
        case .completing(let completions): found += findings(in: update, under: completions.all)
        case .other: break
        }
        return found
    }

    private func findings(in update: InPlaceSQLite.RunUpdate, under claims: [RunClaim]) -> [String] {
        // A worker may hold two claims of one run: it waits for the answer that ends the older one.
        let epochs = claims.filter { $0.run == update.run }.map(\.epoch)
        return epochs.contains(update.oldEpoch)
            ? [] : ["run \(update.run) at epoch \(update.oldEpoch) was written under epoch \(epochs)"]
    }
}
