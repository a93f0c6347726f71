import Foundation

/// Decimal numbers as files write them: a point, no groups, no exponent.
enum DecimalText {
    /// Larger numbers are none: products of a few of them stay exact in a decimal's 38 digits.
    static let digitsMax = 15

    static func plain(_ number: Decimal) -> String { "\(number)" }

    /// - Parameter decimals: How many follow the point; a half goes away from zero.
    static func fixed(_ number: Decimal, decimals: Int) -> String {
        let rounded = rounded(number, decimals: decimals)
        var text = plain(rounded)
        guard decimals > 0 else { return text }
        let have = text.firstIndex(of: ".").map { text.distance(from: $0, to: text.endIndex) - 1 }
        if have == nil { text += "." }
        return text + String(repeating: "0", count: max(0, decimals - (have ?? 0)))
    }

    /// A half goes away from zero, as invoices and tax offices round.
    static func rounded(_ number: Decimal, decimals: Int) -> Decimal {
        var (number, result) = (number, Decimal())
        NSDecimalRound(&result, &number, decimals, .plain)
        return result
    }
}
