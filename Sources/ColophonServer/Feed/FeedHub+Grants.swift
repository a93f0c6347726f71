import ColophonCore
import Logging
import Synchronization

extension FeedHub {
    /// How often it is asked who may still see what: whoever may not is cut off within a second.
    private static let checkInterval: Duration = .milliseconds(500)
    /// How long streams go on when nobody can tell. While the database is away none has anything to say, and soon all would only come back.
    private static let uncheckedMax: Duration = .seconds(30)

    /// Ends streams whose holders may no longer see their workspaces.
    func checkGrants() async {
        let clock = library.machine.clock
        var checkedAt = clock.elapsed()
        var isAway = false
        while (try? await clock.sleep(for: Self.checkInterval)) != nil {
            let held = state.withLock { Set($0.grants.keys) }
            do {
                let over = held.subtracting(try await library.stillValid(held))
                (checkedAt, isAway) = (clock.elapsed(), false)
                if !over.isEmpty { end(over) }
            } catch {
                if Task.isCancelled { return }
                if !isAway { library.logger.warning("Nobody can tell who may go on streaming.", metadata: ["error": "\(error)"]) }
                isAway = true
                if clock.elapsed() - checkedAt > Self.uncheckedMax { end(held) }
            }
        }
    }

    private func end(_ over: Set<Grant>) {
        for loop in state.withLock({ Array($0.loops.values) }) { loop.end { $0.grant.map(over.contains) ?? false } }
    }
}
