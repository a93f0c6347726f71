import ColophonCore
import ColophonProcesses
import Foundation
import Testing

@testable import ColophonStore

/// What only PostgreSQL can do to us.
@Suite(.timeLimit(.minutes(3))) struct PostgresDatabaseTests {
    private func settings(_ server: PostgresServer) async throws -> PostgresSettings {
        var settings = PostgresSettings(url: try await server.emptySchema())
        settings.connections = 3
        return settings
    }

    private func code(of body: () async throws -> Void) async -> ColophonError? {
        do {
            try await body()
            return nil
        } catch { return error as? ColophonError }
    }

    @Test func `while the server is away every verb says so at once, and goes on by itself when it is back`() async throws {
        let server = try await PostgresServer.start(settings: ["fsync=off"])
        let database = try await PostgresDatabase.open(settings(server))
        let store = SQLStore(database)
        try await store.ensureWorkspace(WorkspaceID(rawValue: "default"), name: "before")
        await server.kill()
        for _ in 0..<20 {
            let start = ContinuousClock.now
            let error = await code { try await store.check() }
            #expect(error?.code == .unavailable && error?.retryAfterSeconds == 1)
            #expect(start.duration(to: .now) < .seconds(20))
        }
        try await server.restart()
        try await Task.sleep(for: .seconds(1))
        try await store.check()
        #expect(try await store.keys().isEmpty)
        try await database.close()
        await server.stop()
    }

    @Test func `a server that froze is given up on after the time that a statement may take`() async throws {
        let server = try await PostgresServer.start(settings: ["fsync=off"])
        var settings = try await settings(server)
        settings.connections = 1
        settings.statementTimeout = .seconds(1)
        let database = try await PostgresDatabase.open(settings)
        let store = SQLStore(database)
        try await store.check()
        let backends = try await server.execute("SELECT pid FROM pg_stat_activity WHERE application_name = 'colophon'")
        let frozen = backends.split(separator: "\n").compactMap { pid_t($0) }
        for pid in frozen { kill(pid, SIGSTOP) }
        // A frozen process outlives its server.
        defer { for pid in frozen { kill(pid, SIGKILL) } }
        let start = ContinuousClock.now
        // The frozen connection is given up, and the transaction run again on a new one.
        try await store.ensureWorkspace(WorkspaceID(rawValue: "w"), name: "w")
        #expect((.seconds(5) ... .seconds(30)).contains(start.duration(to: .now)))
        try await database.close()
        await server.stop()
    }

    @Test func `whether a server that froze is ready is known long before the time that a statement may take`() async throws {
        let server = try await PostgresServer.start(settings: ["fsync=off"])
        var settings = try await settings(server)
        settings.connections = 1
        let database = try await PostgresDatabase.open(settings)
        let store = SQLStore(database)
        try await store.check()
        let pid = try await database.read { try $0.row("SELECT pg_backend_pid() AS pid", [])?.integer("pid") ?? 0 }
        kill(pid_t(pid), SIGSTOP)
        let start = ContinuousClock.now
        let error = await code { try await store.check() }
        #expect(error?.code == .unavailable && error?.retryAfterSeconds == 1)
        #expect(start.duration(to: .now) < .seconds(15))
        kill(pid_t(pid), SIGCONT)
        try await database.close()
        await server.stop()
    }

    @Test func `connections that are cut between two transactions are made again without a word`() async throws {
        let server = try await PostgresServer.shared()
        var settings = try await settings(server)
        settings.connections = 1
        let database = try await PostgresDatabase.open(settings)
        let store = SQLStore(database)
        for _ in 0..<5 {
            // Each of this test's own: others use the same server.
            let pid = try await database.read { try $0.row("SELECT pg_backend_pid() AS pid", [])?.integer("pid") ?? 0 }
            let cut = try await server.execute("SELECT pg_terminate_backend(\(pid))")
            #expect(cut.contains("t"))
            try await store.check()
        }
    }

    @Test func `two transactions that wait for each other both come through`() async throws {
        let database = try await PostgresDatabase.open(settings(try await PostgresServer.shared()))
        let names = ["a", "b"]
        for name in names { try await SQLStore(database).ensureWorkspace(WorkspaceID(rawValue: name), name: "0") }
        try await withThrowingTaskGroup { group in
            for order in [names, names.reversed()] {
                group.addTask {
                    try await database.write { transaction in
                        for name in order {
                            _ = try transaction.execute("UPDATE workspaces SET name = name || '1' WHERE id = ?", [.text(name)])
                            _ = try transaction.rows("SELECT pg_sleep(0.3)::TEXT AS slept", [])
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        let written = try await database.read { try $0.rows("SELECT name FROM workspaces", []).map(\.description) }
        #expect(written == ["name=text(\"011\")", "name=text(\"011\")"])
    }

    @Test func `several processes may start over an empty database at once`() async throws {
        let settings = try await settings(try await PostgresServer.shared())
        try await withThrowingTaskGroup { group in
            for _ in 0..<6 { group.addTask { try await PostgresDatabase.open(settings).close() } }
            try await group.waitForAll()
        }
        let database = try await PostgresDatabase.open(settings)
        let store = SQLStore(database)
        #expect(try await store.violations(limit: 1) == [])
    }

    @Test func `bringing the schema up to date may take longer than a statement of a verb`() async throws {
        var settings = try await settings(try await PostgresServer.shared())
        let open = try await PostgresDatabase.open(settings)
        settings.statementTimeout = .milliseconds(50)
        let impatient = settings
        // What migrations wait for, too, when another process is at them.
        let (locked, isLocked) = AsyncStream<Void>.makeStream()
        async let holding: Void = open.write { transaction in
            _ = try transaction.rows("SELECT pg_advisory_xact_lock(?)::TEXT AS held", [.integer(PostgresMigrations.lock)])
            isLocked.finish()
            // Longer, too, than opening tries again.
            _ = try transaction.rows("SELECT pg_sleep(11)::TEXT AS slept", [])
        }
        for await _ in locked {}
        let second = try await PostgresDatabase.open(impatient)
        #expect(await code { _ = try await second.read { try $0.rows("SELECT pg_sleep(0.5)::TEXT AS slept", []) } } != nil)
        try await holding
        try await second.close()
        try await open.close()
    }

    @Test func `only what reads whole tables may take long, and a host that vanished is noticed`() async throws {
        var settings = try await settings(try await PostgresServer.shared())
        settings.surveyTimeout = .seconds(3600)
        let database = try await PostgresDatabase.open(settings)
        let look = """
            SELECT current_setting('statement_timeout') || ' ' || current_setting('idle_in_transaction_session_timeout') || ' '
                || current_setting('tcp_keepalives_idle') AS limits
            """
        let written = try await database.write { try $0.row(look, [])?.text("limits") }
        let read = try await database.read { try $0.row(look, [])?.text("limits") }
        let surveyed = try await database.survey { try $0.row(look, [])?.text("limits") }
        #expect(written == "30s 3s 5" && read == "30s 3s 5" && surveyed == "1h 1h 5")
        #expect(try await database.write { try $0.row(look, [])?.text("limits") } == written)
        try await database.close()
    }

    @Test func `data of a newer program is refused, and left as it is`() async throws {
        let settings = try await settings(try await PostgresServer.shared())
        let database = try await PostgresDatabase.open(settings)
        try await database.write { _ = try $0.execute("UPDATE colophon_schema SET version = 99", []) }
        let error = await code { _ = try await PostgresDatabase.open(settings) }
        #expect(error?.code == .conflict && error?.message.contains("newer") == true)
    }

    @Test func `a database that does not exist is named as the reason`() async throws {
        let url = try await PostgresServer.shared().url.replacingOccurrences(of: "/postgres", with: "/nowhere")
        let error = await code { _ = try await PostgresDatabase.open(PostgresSettings(url: url)) }
        #expect(error?.code == .unavailable && error?.message.contains("does not exist") == true)
    }

    @Test func `text with a zero byte is stored without it, and quotes are only text`() async throws {
        let database = try await PostgresDatabase.open(settings(try await PostgresServer.shared()))
        let name = "a\0b'; DROP TABLE files; -- ?"
        try await SQLStore(database).ensureWorkspace(WorkspaceID(rawValue: "w"), name: name)
        let rows = try await database.read { try $0.rows("SELECT name FROM workspaces", []).map(\.description) }
        #expect(rows == ["name=text(\"a\u{FFFD}b\\'; DROP TABLE files; -- ?\")"])
    }

    @Test func `a body that hides a failed statement is told that nothing was committed`() async throws {
        let database = try await PostgresDatabase.open(settings(try await PostgresServer.shared()))
        try await SQLStore(database).ensureWorkspace(WorkspaceID(rawValue: "w"), name: "before")
        let error = await code {
            try await database.write { transaction in
                _ = try transaction.execute("UPDATE workspaces SET name = 'after'", [])
                _ = try? transaction.execute("UPDATE nowhere SET name = 'after'", [])
            }
        }
        #expect(error?.code == .internal)
        let rows = try await database.read { try $0.rows("SELECT name FROM workspaces", []).map(\.description) }
        #expect(rows == ["name=text(\"before\")"])
    }
}
