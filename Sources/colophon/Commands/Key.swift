import ArgumentParser
import ColophonCore
import Logging

struct Key: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Makes, lists and revokes keys, and says where they open.",
        subcommands: [Create.self, List.self, Revoke.self, Grant.self, Ungrant.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Makes a key and shows it once.")
        @Argument(help: "What it is for.") var name = "key"
        @Option(help: "The workspace that it opens; made if there is none.") var workspace = Library.defaultWorkspace.rawValue
        @Option(help: "What it is there: viewer, editor or admin.") var role = Role.admin
        @Option(help: "The most that may be done with it anywhere: read, write or admin.") var scope = Permission.admin
        @Option(help: "When it ends by itself: a time such as 30d, or never.") var expires = Age(nil)
        @OptionGroup var data: DataFolder
        @OptionGroup var database: DatabaseOptions

        func run() async throws {
            let workspace = try Key.workspace(named: workspace)
            let key = try await Key.library(data, database).createKey(
                named: name, for: workspace, role: role, scope: scope, lifetime: expires.duration)
            Terminal.print(key.text)
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Ends a key's validity at once.")
        @Argument(help: "The key's id, as `key list` shows it.") var id: String
        @OptionGroup var data: DataFolder
        @OptionGroup var database: DatabaseOptions

        func run() async throws { try await Key.library(data, database).store.revokeKey(KeyID(rawValue: id)) }
    }

    struct Grant: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Makes a key a member of another workspace, or gives it another role.")
        @Argument(help: "The key's id, as `key list` shows it.") var id: String
        @Option(help: "The workspace.") var workspace: String
        @Option(help: "What it is there: viewer, editor or admin.") var role: Role
        @OptionGroup var data: DataFolder
        @OptionGroup var database: DatabaseOptions

        func run() async throws {
            let workspace = try Key.workspace(named: workspace)
            try await Key.library(data, database).store.grant(role, to: .key(KeyID(rawValue: id)), in: workspace)
        }
    }

    struct Ungrant: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Ends a key's membership of a workspace at once.")
        @Argument(help: "The key's id, as `key list` shows it.") var id: String
        @Option(help: "The workspace.") var workspace: String
        @OptionGroup var data: DataFolder
        @OptionGroup var database: DatabaseOptions

        func run() async throws {
            let workspace = try Key.workspace(named: workspace)
            try await Key.library(data, database).store.ungrant(.key(KeyID(rawValue: id)), in: workspace)
        }
    }

    static func library(_ data: DataFolder, _ database: DatabaseOptions) async throws -> Library {
        let logger = Logger(label: "colophon") { StreamLogHandler.standardError(label: $0) }
        return try await data.open(limits: Limits(), database: database.choice, logger: logger).library
    }

    static func workspace(named name: String) throws -> WorkspaceID {
        guard let workspace = WorkspaceID(named: name) else {
            throw ValidationError("A workspace's name is up to 64 letters, digits and hyphens.")
        }
        return workspace
    }
}

extension Role: ExpressibleByArgument {}
extension Permission: ExpressibleByArgument {}
