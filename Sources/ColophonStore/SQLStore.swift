package import ColophonCore

/// The one store: verbs in SQL that both engines speak, in files by subject.
package struct SQLStore: Store {
    let database: any SQLDatabase
    /// For identifiers alone: every time that is stored is the database's.
    let machine: Machine

    package init(_ database: any SQLDatabase, machine: Machine = .real) {
        self.database = database
        self.machine = machine
    }

    package func check() async throws {
        try await database.write { transaction in _ = try transaction.now() }
    }

    package func unreferenced(_ keys: [BlobKey]) async throws -> Set<BlobKey> {
        try await database.read { connection in
            try Set(
                keys.filter { key in
                    let sql = """
                        SELECT 1 AS one WHERE EXISTS (SELECT 1 FROM file_versions WHERE blob_key = ?)
                        OR EXISTS (SELECT 1 FROM artifacts WHERE blob_key = ?)
                        """
                    return try connection.row(sql, [.text(key.rawValue), .text(key.rawValue)]) == nil
                })
        }
    }
}
