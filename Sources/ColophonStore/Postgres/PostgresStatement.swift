/// A statement that the server has planned, on one connection.
final class PostgresStatement {
    let name: String
    /// Which column of its answers is where; known after the first.
    var columns: [String: Int]?

    init(name: String) { self.name = name }

    /// The statement with `$1, $2, …` for its question marks; those in quoted text stay.
    static func numbered(_ sql: String) -> String {
        var result = ""
        result.reserveCapacity(sql.utf8.count + 16)
        var number = 0
        var isQuoted = false
        for character in sql {
            if character == "'" { isQuoted.toggle() }
            if character == "?" && !isQuoted {
                number += 1
                result += "$\(number)"
            } else {
                result.append(character)
            }
        }
        return result
    }
}
