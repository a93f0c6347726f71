import ArgumentParser
import ColophonCore

extension Key {
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists keys; their secrets are not kept.",
            discussion: "Columns: id, workspace, name, made, state, scope, role, expiry, last use, other workspaces with the role there.")
        @OptionGroup var data: DataFolder
        @OptionGroup var database: DatabaseOptions

        func run() async throws {
            let library = try await Key.library(data, database)
            let now = library.machine.wallClock.now()
            let keys = try await library.store.keys()
            let memberships = Dictionary(grouping: try await library.store.memberships(of: keys.map { .key($0.id) }), by: \.member)
            for key in keys { Terminal.print(Self.line(key, memberships[.key(key.id), default: []], now: now)) }
        }

        private static func line(_ key: StoredKey, _ memberships: [Membership], now: Timestamp) -> String {
            let state =
                key.revokedAt.map { "revoked \($0.text)" } ?? (key.isValid(at: now) ? "valid" : "expired \(key.expiresAt?.text ?? "")")
            let role = memberships.first { $0.workspace == key.workspace }?.role.rawValue
            let others = memberships.filter { $0.workspace != key.workspace }.map { "\($0.workspace):\($0.role.rawValue)" }
            let columns = [
                key.id.rawValue, key.workspace.rawValue, key.name, key.createdAt.text, state, key.scope.rawValue, role ?? "-",
                key.expiresAt?.text ?? "never", key.lastUsedAt?.text ?? "never", others.isEmpty ? "-" : others.joined(separator: ","),
            ]
            return columns.joined(separator: "\t")
        }
    }
}
