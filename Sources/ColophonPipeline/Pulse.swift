import ColophonCore
import Logging

/// Keeps a worker's claims alive, carries progress out, and learns which were cancelled or taken away.
struct Pulse {
    /// How often claims are looked at, or oftener for short leases: a cancelled run is noticed within this and a database's answer.
    static let intervalMax: Duration = .seconds(1)

    let store: any Store
    let limits: Limits
    let active: ActiveRuns
    let clock: any SteadyClock
    let logger: Logger

    /// Runs until the task is cancelled.
    func run() async {
        var lastRenewal = clock.elapsed()
        while (try? await clock.sleep(for: min(Self.intervalMax, limits.heartbeat))) != nil {
            let now = clock.elapsed()
            let isDue = now - lastRenewal >= limits.heartbeat
            do {
                try await beat(onlyNews: !isDue)
                if isDue { lastRenewal = now }
            } catch {
                // The claims live on until their budgets end; the next beat may get through.
                logger.warning("A heartbeat failed.", metadata: ["error": "\(error)"])
            }
        }
    }

    private func beat(onlyNews: Bool) async throws {
        let runs = active.all.filter { !$0.isLost }
        if runs.isEmpty { return }
        let beats = runs.compactMap { run in run.heartbeat(onlyNews: onlyNews).map { (run, $0) } }
        let sentAt = clock.elapsed()
        let lost = try await store.renew(beats.map(\.1), lease: limits.lease)
        let budget = LeaseBudget(lease: limits.lease, sentAt: sentAt, answeredAt: clock.elapsed())
        for (run, beat) in beats {
            if lost.contains(beat.claim) { run.markLost() } else { run.extend(by: budget) }
        }
        let quiet = runs.filter { run in !beats.contains { $0.0 === run } }
        if quiet.isEmpty { return }
        let gone = try await store.lost(among: quiet.map(\.job.claim))
        for run in quiet where gone.contains(run.job.claim) { run.markLost() }
    }
}
