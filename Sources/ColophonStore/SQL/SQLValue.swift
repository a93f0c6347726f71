import ColophonCore

/// A value as both engines store it.
package enum SQLValue: Sendable, Equatable, ExpressibleByNilLiteral, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    case null
    case integer(Int64)
    case text(String)
    case bytes([UInt8])
    /// A column of a table on its way to PostgreSQL, which takes it as an array; SQLite knows none.
    case list([SQLValue], SQLType)

    package init(nilLiteral: ()) { self = .null }
    package init(stringLiteral value: String) { self = .text(value) }
    package init(integerLiteral value: Int64) { self = .integer(value) }

    static func int(_ value: Int) -> Self { .integer(Int64(value)) }
    static func id(_ value: some Identifier) -> Self { .text(value.rawValue) }
    static func time(_ value: Timestamp) -> Self { .integer(value.milliseconds) }
    static func milliseconds(_ value: Duration) -> Self { .integer(value.wholeMilliseconds) }
}

/// What the columns of a table on its way into a statement hold.
package enum SQLType: Sendable {
    case text, integer
    /// Where a row is: see `SQLDialect.place`.
    case place
}
