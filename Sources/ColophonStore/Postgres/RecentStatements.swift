/// Statements of very many texts: the last used ones, a bounded number.
struct RecentStatements {
    static let countMax = 200

    private var statements: [String: (statement: PostgresStatement, usedAt: Int)] = [:]
    private var uses = 0

    var count: Int { statements.count }

    mutating func use(_ sql: String) -> PostgresStatement? {
        uses += 1
        statements[sql]?.usedAt = uses
        return statements[sql]?.statement
    }

    /// Forgets the statement that has not been used for longest, if there is no room for another.
    ///
    /// - Returns: The statement, to be forgotten by the server too.
    /// - Complexity: O(`countMax`) when there is no room, beside which planning a statement is long.
    mutating func makeRoom() -> PostgresStatement? {
        guard statements.count >= Self.countMax, let oldest = statements.min(by: { $0.value.usedAt < $1.value.usedAt }) else { return nil }
        return statements.removeValue(forKey: oldest.key)?.statement
    }

    mutating func add(_ statement: PostgresStatement, for sql: String) { statements[sql] = (statement, uses) }
}
