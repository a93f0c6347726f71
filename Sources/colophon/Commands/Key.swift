import ArgumentParser
import ColophonCore
import Logging

struct Key: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Makes, lists and revokes keys, in the data folder.", subcommands: [Create.self, List.self, Revoke.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Makes a key and shows it once.")
        @Argument(help: "What it is for.") var name = "key"
        @Option(help: "The workspace that it opens; made if there is none.") var workspace = Library.defaultWorkspace.rawValue
        @OptionGroup var data: DataFolder
        @OptionGroup var database: DatabaseOptions

        func run() async throws {
            let workspace = try Key.workspace(named: workspace)
            let key = try await Key.library(data, database).createKey(named: name, for: workspace)
            Terminal.print(key.text)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists keys; their secrets are not kept.")
        @OptionGroup var data: DataFolder
        @OptionGroup var database: DatabaseOptions

        func run() async throws {
            for key in try await Key.library(data, database).store.keys() {
                let state = key.revokedAt.map { "revoked \($0.text)" } ?? "valid"
                Terminal.print("\(key.id)\t\(key.workspace)\t\(key.name)\t\(key.createdAt.text)\t\(state)")
            }
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Ends a key's validity at once.")
        @Argument(help: "The key's id, as `key list` shows it.") var id: String
        @OptionGroup var data: DataFolder
        @OptionGroup var database: DatabaseOptions

        func run() async throws { try await Key.library(data, database).store.revokeKey(KeyID(rawValue: id)) }
    }

    private static func library(_ data: DataFolder, _ database: DatabaseOptions) async throws -> Library {
        let logger = Logger(label: "colophon") { StreamLogHandler.standardError(label: $0) }
        return try await data.open(limits: Limits(), database: database.choice, logger: logger).library
    }

    /// A workspace's id becomes part of blob keys: letters, digits and hyphens only.
    private static func workspace(named name: String) throws -> WorkspaceID {
        guard (1...64).contains(name.utf8.count), name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }) else {
            throw ValidationError("A workspace's name is up to 64 letters, digits and hyphens.")
        }
        return WorkspaceID(rawValue: name)
    }
}
