import ColophonCore
import ColophonTestSupport
import Testing

@testable import ColophonStore

/// What keeps the tools for operators in step with the schema and its rules.
@Suite struct UpkeepRulesTests {
    @Test func `a rule that is looked for more closely is still a rule`() {
        #expect(SQLStore.rulesOfTheirOwn.isSubset(of: SQLStore.rules.map(\.sentence)))
    }

    @Test(arguments: StoreDriver.allCases)
    func `every table of the schema is exported`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let names = try await open.database.read { connection in
            let sql =
                connection.dialect == .sqlite
                ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
                : "SELECT table_name::TEXT AS name FROM information_schema.tables WHERE table_schema = current_schema()"
            return try connection.rows(sql, []).map { try $0.text("name") }
        }
        #expect(Set(names).subtracting(["colophon_schema"]) == Set(LedgerTable.allCases.map(\.rawValue)))
    }
}
