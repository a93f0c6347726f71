/// A JSON number kept as the literal it was written with, so that no digit of an integer or a decimal is lost.
public struct JSONNumber: Hashable, Sendable {
    /// The literal as in the JSON text, such as `18446744073709551615` or `1e-7`.
    public let literal: String

    /// Wraps a literal that was already checked against the JSON grammar.
    init(checked literal: String) {
        self.literal = literal
    }

    public init(_ value: some FixedWidthInteger) {
        literal = String(value)
    }

    /// - Returns: `nil` for infinities and not-a-number, which JSON cannot hold.
    public init?(_ value: Double) {
        guard value.isFinite else { return nil }
        literal = value.description
    }

    /// The value if it is an integer that fits 64 bits with a sign.
    public var int: Int? { Int(literal) }

    /// The value if it is an integer that fits 64 bits without a sign.
    public var uint64: UInt64? { UInt64(literal) }

    /// The nearest double; infinite beyond its range.
    public var double: Double { Double(literal) ?? .nan }
}
