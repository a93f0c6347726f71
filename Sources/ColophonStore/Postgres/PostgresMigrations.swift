import ColophonCore

/// The schema's history on PostgreSQL: numbered SQL files, never edited once released.
enum PostgresMigrations {
    private static var scripts: [[UInt8]] {
        [
            PackageResources.P0001_initial_sql, PackageResources.P0002_renewals_sql, PackageResources.P0003_room_sql,
            PackageResources.P0004_plans_sql, PackageResources.P0005_jobs_of_runs_sql,
            PackageResources.P0006_access_and_lists_sql, PackageResources.P0007_warnings_sql,
        ]
    }

    /// The script that gives documents the keys of their names, by which equal names are found.
    private static let withNameKeys = 6

    /// Held while migrating, so that of several processes that start at once one does it: "colophon" in ASCII.
    static let lock: Int64 = 0x636F_6C6F_7068_6F6E

    /// Applies what is missing, in one transaction.
    ///
    /// - Parameters:
    ///   - clock: Given in tests: then time comes from it, by way of a setting of each transaction.
    ///   - last: The last script to apply; an earlier one than the newest in tests of those after it.
    /// - Throws: `conflict` when the schema was written by a newer version than this one.
    static func apply(to connection: PostgresConnection, clock: (any WallClock)?, through last: Int = .max) throws {
        try connection.begin("", .schema)
        do {
            _ = try connection.rows("SELECT pg_advisory_xact_lock(?)::TEXT AS held", [.integer(lock)])
            // Who waits for a table's lock makes everybody else wait behind him: rather not for the length of a backup.
            try connection.command("SET LOCAL lock_timeout = '5s'")
            try connection.command("CREATE TABLE IF NOT EXISTS colophon_schema (version BIGINT NOT NULL)")
            let version = try connection.row("SELECT coalesce(max(version), 0) AS version FROM colophon_schema", [])?.int("version") ?? 0
            guard version <= scripts.count else {
                throw ColophonError(
                    .conflict,
                    "This data was written by a newer Colophon (schema \(version), this one knows \(scripts.count)); update the program.")
            }
            for (index, script) in scripts.prefix(last).enumerated().dropFirst(version) {
                try connection.command(String(decoding: script, as: UTF8.self))
                if index + 1 == Self.withNameKeys { try connection.rekeyNames() }
                _ = try connection.execute("INSERT INTO colophon_schema (version) VALUES (?)", [.int(index + 1)])
            }
            if clock != nil { try connection.command(movableClock) }
            try connection.commit()
        } catch {
            try? connection.command("ROLLBACK")
            throw error
        }
    }

    private static let movableClock = """
        CREATE OR REPLACE FUNCTION colophon_now() RETURNS BIGINT LANGUAGE sql STABLE
            AS $$ SELECT current_setting('colophon.now')::BIGINT $$
        """
}

extension PostgresConnection {
    private static let rekeyBatch = 500

    /// Sets the keys that the database made otherwise than `DocumentName` does: it folds the case of ASCII alone.
    fileprivate func rekeyNames() throws {
        var (workspace, id) = ("", "")
        while true {
            let page = try rows(
                "SELECT workspace_id, id, name, name_key FROM files WHERE (workspace_id, id) > (?, ?) ORDER BY workspace_id, id LIMIT ?",
                [.text(workspace), .text(id), .int(Self.rekeyBatch)])
            for row in page {
                (workspace, id) = (try row.text("workspace_id"), try row.text("id"))
                let key = DocumentName.key(try row.text("name"))
                // Of equal texts databases know equal bytes alone.
                if key.utf8.elementsEqual(try row.text("name_key").utf8) { continue }
                _ = try execute(
                    "UPDATE files SET name_key = ? WHERE workspace_id = ? AND id = ?", [.text(key), .text(workspace), .text(id)])
            }
            if page.count < Self.rekeyBatch { return }
        }
    }
}
