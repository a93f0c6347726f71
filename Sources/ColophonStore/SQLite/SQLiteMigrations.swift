import ColophonCore
import GRDB

/// The schema's history: numbered SQL files, never edited once released.
enum SQLiteMigrations {
    private static var scripts: [[UInt8]] {
        [
            PackageResources.V0001_initial_sql, PackageResources.V0002_queue_sql, PackageResources.V0003_renewals_sql,
            PackageResources.V0004_jobs_of_runs_sql, PackageResources.V0005_access_and_lists_sql,
            PackageResources.V0006_warnings_sql,
        ]
    }

    static var newest: Int { scripts.count }

    /// Applies what is missing, each script in a transaction of its own; several processes may do so at once.
    ///
    /// - Parameter last: The last script to apply; an earlier one than the newest in tests of those after it.
    /// - Throws: `conflict` when the file was written by a newer version than this one.
    static func apply(to writer: some DatabaseWriter, through last: Int = newest) async throws {
        try await writer.writeWithoutTransaction { try apply(to: $0, through: last) }
    }

    static func apply(to database: Database, through last: Int = newest) throws {
        for (index, script) in scripts.prefix(last).enumerated() {
            try database.inTransaction(.immediate) {
                let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
                guard version <= newest else {
                    throw ColophonError(
                        .conflict,
                        "This data was written by a newer Colophon (schema \(version), this one knows \(newest)); update the program.")
                }
                if version == index {
                    try database.execute(sql: String(decoding: script, as: UTF8.self))
                    try database.execute(sql: "PRAGMA user_version = \(index + 1)")
                }
                return .commit
            }
        }
    }
}
