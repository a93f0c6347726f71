import ColophonCore
import ColophonProcesses
import ColophonTestSupport
import Testing

@testable import ColophonStore

/// What is sent is what arrives.
@Suite(.timeLimit(.minutes(1))) struct PostgresParametersTests {
    @Test func `a table of rows arrives as it was sent, whatever is in it`() async throws {
        let database = try await PostgresDatabase.open(PostgresSettings(url: try await PostgresServer.shared().emptySchema()))
        let texts: [SQLValue] = [
            "", .null, "NULL", "a", "{\"a\\\",,}", "é 🦀\n", .text(String(repeating: "long ", count: 5000)), "a\0b",
        ]
        let numbers: [SQLValue] = [0, 1, -1, .integer(.max), .integer(.min), .null, 256, 65_536]
        let table = SQLTable(.postgres, "sent", [("a", .text), ("b", .integer)], zip(texts, numbers).map { [$0, $1] })
        let rows = try await database.read { try $0.rows("\(table.sql) SELECT a, b FROM sent", table.values) }
        #expect(try rows.map { try $0.value("a") } == texts.map { $0 == "a\0b" ? "a\u{FFFD}b" : $0 })
        #expect(try rows.map { try $0.value("b") } == numbers)
        try await database.close()
    }

    @Test func `rows are found where they lie, and nowhere else`() async throws {
        let database = try await PostgresDatabase.open(PostgresSettings(url: try await PostgresServer.shared().emptySchema()))
        let store = SQLStore(database)
        for number in 0..<300 {
            try await store.ensureWorkspace(WorkspaceID(rawValue: "w\(number)"), name: String(repeating: "x", count: 200))
        }
        try await database.write { transaction in
            let odd = try transaction.rows(
                "SELECT ctid AS place, id FROM workspaces WHERE right(id, 1) IN ('1', '3', '5', '7', '9') FOR UPDATE")
            let places = try odd.map { try $0.value("place") }
            #expect(Set(places.map(String.init(describing:))).count == 150)
            let table = SQLTable(.postgres, "found", [("place", .place)], places.map { [$0] })
            let renamed = "\(table.sql) UPDATE workspaces SET name = 'odd' FROM found WHERE workspaces.ctid = found.place"
            #expect(try transaction.execute(renamed, table.values) == 150)
            // They have moved.
            #expect(try transaction.execute(renamed, table.values) == 0)
            let others = try transaction.rows("SELECT id FROM workspaces WHERE name = 'odd' AND right(id, 1) IN ('0', '2', '4', '6', '8')")
            #expect(others.isEmpty)
        }
        try await database.close()
    }
}
