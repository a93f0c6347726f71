/// How the lines of a list are found: the rows of a table whose head names its columns.
struct ListRule: Sendable {
    struct Column: Sendable {
        var name: String
        var title: String
        var type: ValueType
        var heads: [Label]
        var isRequired: Bool
        var pattern: Pattern?
        /// Where it is within a line of the electronic invoice.
        var embedded: [ElementPath]
        /// The column that takes what follows a number, such as its unit.
        var rest: String?
    }

    var name: String
    var title: String
    var columns: [Column]
    /// A row that has all of these that the table has begins a line; others go on with the one before.
    var anchors: [String]
    /// Labels of the row behind the last line.
    var ends: [Label]
    /// Labels of rows that are no lines.
    var skips: [Label]
    /// The lines of the electronic invoice.
    var embedded: [ElementPath]
    var isRequired: Bool

    func column(_ name: String) -> Column? { columns.first { $0.name == name } }
}
