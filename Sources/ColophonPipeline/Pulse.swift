import ColophonCore
import Logging

/// Keeps a worker's claims alive, carries progress out, and learns which were cancelled or taken away.
struct Pulse {
    let store: any Store
    let limits: Limits
    let active: ActiveRuns
    let logger: Logger

    /// Runs until the task is cancelled.
    func run() async {
        var lastRenewal = ContinuousClock.now
        while (try? await Task.sleep(for: .seconds(1))) != nil {
            do {
                let isDue = lastRenewal.duration(to: .now) >= limits.heartbeat
                if isDue { lastRenewal = .now }
                try await beat(onlyNews: !isDue)
            } catch {
                // The claims live on until their lease ends; the next beat may get through.
                logger.warning("A heartbeat failed.", metadata: ["error": "\(error)"])
            }
        }
    }

    private func beat(onlyNews: Bool) async throws {
        let runs = active.all.filter { !$0.isLost }
        if runs.isEmpty { return }
        let beats = runs.compactMap { $0.heartbeat(onlyNews: onlyNews) }
        var lost = try await store.renew(beats, lease: limits.lease)
        let beaten = Set(beats.map(\.claim))
        lost.formUnion(try await store.lost(among: runs.map(\.job.claim).filter { !beaten.contains($0) }))
        active.markLost(lost)
    }
}
