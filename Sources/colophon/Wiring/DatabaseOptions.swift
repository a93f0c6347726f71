import ArgumentParser
import ColophonStore
import Foundation

/// Which engine keeps the ledger.
struct DatabaseOptions: ParsableArguments {
    @Option(
        help: "A PostgreSQL server, postgres://user:password@host/database (COLOPHON_DATABASE; default SQLite in the data folder).")
    var database: String?

    @Option(help: "SQLite alone: full survives a power loss, normal only the death of the process (COLOPHON_SYNCHRONOUS; default full).")
    var synchronous: SQLiteDatabase.Durability?

    /// A word in the environment that means nothing is an error, not a default: nobody should believe in a setting that is not in force.
    func validate() throws {
        // The text itself may hold a password, so it is not repeated.
        if let url, !PostgresSettings.isURL(url) { throw ValidationError("--database (COLOPHON_DATABASE) must begin with postgres://.") }
        if let word = environment["COLOPHON_SYNCHRONOUS"], SQLiteDatabase.Durability(rawValue: word) == nil {
            throw ValidationError("COLOPHON_SYNCHRONOUS must be full or normal.")
        }
    }

    var choice: DatabaseChoice {
        if let url { return .postgres(PostgresSettings(url: url)) }
        return .embedded(synchronous ?? environment["COLOPHON_SYNCHRONOUS"].flatMap { SQLiteDatabase.Durability(rawValue: $0) } ?? .full)
    }

    private var url: String? { database ?? environment["COLOPHON_DATABASE"] }
    private var environment: [String: String] { ProcessInfo.processInfo.environment }
}

enum DatabaseChoice: Sendable {
    /// SQLite in the data folder.
    case embedded(SQLiteDatabase.Durability)
    case postgres(PostgresSettings)

    /// The same with the patience that reading whole tables takes.
    var forWholeTables: DatabaseChoice {
        guard case .postgres(var settings) = self else { return self }
        (settings.statementTimeout, settings.surveyTimeout) = (.seconds(3600), .seconds(3600))
        settings.connections = 4
        return .postgres(settings)
    }
}

extension SQLiteDatabase.Durability: ExpressibleByArgument {}
