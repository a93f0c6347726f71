import ColophonCore
import ColophonStore
import ColophonTestSupport
import Testing

@Suite struct SQLiteDatabaseTests {
    @Test(arguments: [(SQLiteDatabase.Durability.full, 2), (.normal, 1)])
    func `the level of sync that was asked for is really in force`(durability: SQLiteDatabase.Durability, level: Int) async throws {
        let folder = try TemporaryFolder()
        let database = try await SQLiteDatabase.open(path: "\(folder.path)/d.sqlite", durability: durability)
        #expect(try await database.synchronousLevel() == level)
        try await database.close()
    }

    @Test func `transactions that wait together share commits, and a failing one rolls back alone`() async throws {
        let open = try await StoreDriver.sqliteFile.openEmpty()
        let before = open.database.commitCount
        let failures = await withTaskGroup(of: Bool.self) { group in
            for index in 0..<200 {
                group.addTask {
                    do {
                        try await open.database.write { transaction in
                            _ = try transaction.execute(
                                "INSERT INTO workspaces (id, name, created_at) VALUES (?, 'x', 0)", [.text("g\(index)")])
                            if index % 10 == 0 { throw ColophonError(.invalid, "no") }
                        }
                        return false
                    } catch {
                        return true
                    }
                }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(failures == 20)
        let kept = try await open.database.read { try $0.rows("SELECT id FROM workspaces WHERE id LIKE 'g%'", []).count }
        #expect(kept == 180)
        #expect(open.database.commitCount - before < 200)
    }

    @Test func `what was written is there after the file is opened again`() async throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/d.sqlite"
        let first = try await SQLiteDatabase.open(path: path)
        try await SQLStore(first).ensureWorkspace(WorkspaceID(rawValue: "w"), name: "kept")
        try await first.close()
        let second = try await SQLiteDatabase.open(path: path)
        #expect(try await second.read { try $0.rows("SELECT id FROM workspaces", []).count } == 1)
        try await second.close()
    }

    @Test func `data of a newer program is refused, and left as it is`() async throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/d.sqlite"
        let first = try await SQLiteDatabase.open(path: path)
        try await first.write { _ = try $0.execute("PRAGMA user_version = 99") }
        try await first.close()
        let error = await #expect(throws: ColophonError.self) { _ = try await SQLiteDatabase.open(path: path) }
        #expect(error?.code == .conflict)
    }

    @Test func `a file that is no database is refused`() async throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/d.sqlite"
        try folder.write(String(repeating: "not a database ", count: 100), to: "d.sqlite")
        let error = await #expect(throws: ColophonError.self) { _ = try await SQLiteDatabase.open(path: path) }
        #expect(error?.code == .unavailable)
    }

    @Test func `the database itself refuses a run that breaks an invariant`() async throws {
        let open = try await StoreDriver.sqliteInMemory.openEmpty()
        try await open.upload()
        for change in [
            "status = 'complete'", "status = 'failed'", "status = 'processing'", "error_code = 'X', error_message = 'x'", "status = 'gone'",
            "step = 'done'",
        ] {
            await #expect(throws: ColophonError.self, "\(change)") {
                try await open.database.write { _ = try $0.execute("UPDATE runs SET \(change)") }
            }
        }
    }

    @Test func `the look for violations finds each kind that the schema alone cannot refuse`() async throws {
        for damage in [
            "DELETE FROM jobs", "DELETE FROM events WHERE seq = 1", "DELETE FROM changes WHERE id = 1",
            "UPDATE files SET current_run_id = (SELECT id FROM runs)",
            "INSERT INTO artifacts SELECT workspace_id, id, 'json', 'k', trace_id || substr(hex(zeroblob(32)), 37), 1, 't', 0 FROM runs",
        ] {
            let open = try await StoreDriver.sqliteInMemory.openEmpty()
            try await open.upload()
            #expect(try await open.store.violations(limit: 10) == [])
            try await open.database.write { _ = try $0.execute(damage) }
            #expect(try await open.store.violations(limit: 10).count == 1, "\(damage)")
        }
    }
}
