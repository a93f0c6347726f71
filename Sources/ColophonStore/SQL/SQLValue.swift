import ColophonCore

/// A value as both engines store it.
package enum SQLValue: Sendable, Equatable, ExpressibleByNilLiteral, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    case null
    case integer(Int64)
    case text(String)
    case bytes([UInt8])

    package init(nilLiteral: ()) { self = .null }
    package init(stringLiteral value: String) { self = .text(value) }
    package init(integerLiteral value: Int64) { self = .integer(value) }

    static func int(_ value: Int) -> Self { .integer(Int64(value)) }
    static func id(_ value: some Identifier) -> Self { .text(value.rawValue) }
    static func time(_ value: Timestamp) -> Self { .integer(value.milliseconds) }
    static func milliseconds(_ value: Duration) -> Self { .integer(value.wholeMilliseconds) }
}
