import ColophonCore
import Synchronization

/// The workspaces whose documents this process keeps in memory: those of which a list took long by indexes.
final class KeptLists: Sendable {
    private struct Entry {
        var list: KeptList?
        var isWished: Bool
        var lastUse: ContinuousClock.Instant
    }

    private struct State {
        var entries: [WorkspaceID: Entry] = [:]
        /// Whether anybody fetches what is wished for.
        var isTended = false
    }

    private let state = Mutex(State())

    /// What a list takes by indexes before its workspace is kept.
    static let slow: Duration = .milliseconds(5)
    /// Indexes answer soon enough where there are fewer.
    static let documentsMin = 2000
    /// How long a list is kept after it was last asked, and how long a workspace that was refused is not tried again.
    static let unusedMax: Duration = .seconds(900)
    /// The most workspaces that are kept or wished for at once.
    static let countMax = 256

    /// The list of a workspace, which counts as a use.
    func list(of workspace: WorkspaceID) -> KeptList? {
        state.withLock { state in
            guard let list = state.entries[workspace]?.list else { return nil }
            state.entries[workspace]?.lastUse = .now
            return list
        }
    }

    func wish(for workspace: WorkspaceID) {
        state.withLock { state in
            guard state.isTended, state.entries[workspace] == nil, state.entries.count < Self.countMax else { return }
            state.entries[workspace] = Entry(list: nil, isWished: true, lastUse: .now)
        }
    }

    /// - Parameter list: Nil when there is no room for it.
    func set(_ list: KeptList?, of workspace: WorkspaceID) {
        state.withLock { $0.entries[workspace] = Entry(list: list, isWished: false, lastUse: .now) }
    }

    func drop(_ workspace: WorkspaceID) { state.withLock { state in state.entries[workspace] = nil } }

    /// What is kept and what is wished for, each the one used last first; what nobody has used in a while is forgotten.
    func tend() -> (kept: [(workspace: WorkspaceID, list: KeptList)], wished: [WorkspaceID]) {
        state.withLock { state in
            state.isTended = true
            state.entries = state.entries.filter { $0.value.lastUse.duration(to: .now) < Self.unusedMax }
            let entries = state.entries.sorted { $0.value.lastUse > $1.value.lastUse }
            return (
                entries.compactMap { workspace, entry in entry.list.map { (workspace, $0) } },
                entries.filter(\.value.isWished).map(\.key)
            )
        }
    }
}
