import ColophonCore
import Synchronization

extension FeedHub {
    /// How often it is asked who may still see what: whoever may not is cut off within a second.
    private static let checkInterval: Duration = .milliseconds(500)

    /// Ends streams whose holders may no longer see their workspaces.
    func checkGrants() async {
        while (try? await library.machine.clock.sleep(for: Self.checkInterval)) != nil {
            let held = state.withLock { Set($0.grants.keys) }
            // While the database is away nobody can tell, and no stream has anything to say.
            guard let valid = try? await library.stillValid(held), valid.count < held.count else { continue }
            let over = held.subtracting(valid)
            for loop in state.withLock({ Array($0.loops.values) }) { loop.end { $0.grant.map(over.contains) ?? false } }
        }
    }
}
