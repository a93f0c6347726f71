extension JSONReader {
    mutating func readBool() throws(DoclingDocumentError) -> Bool {
        switch peek() {
        case UInt8(ascii: "t") where take(literal: "true"): return true
        case UInt8(ascii: "f") where take(literal: "false"): return false
        default: throw unexpected("expected true or false")
        }
    }

    /// Reads an integer; a number with a fraction or beyond 64 bits is an error, as in the schema.
    mutating func readInt() throws(DoclingDocumentError) -> Int {
        let literal = try readNumberLiteral()
        var index = literal.startIndex
        let negative = literal[index] == UInt8(ascii: "-")
        if negative { index += 1 }
        var value = 0
        while index < literal.endIndex {
            let digit = literal[index] &- 0x30
            // `1e3` and `2.0` are integers to JSON Schema, and rare enough to go the long way.
            guard digit <= 9 else { return try integer(of: literal) }
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = negative ? product.subtractingReportingOverflow(Int(digit)) : product.addingReportingOverflow(Int(digit))
            guard !overflow, !carry else { throw unexpected("integer beyond 64 bits") }
            value = sum
            index += 1
        }
        return value
    }

    private func integer(of literal: UnsafeBufferPointer<UInt8>) throws(DoclingDocumentError) -> Int {
        guard let double = Double(String(decoding: literal, as: UTF8.self)), let value = Int(exactly: double) else {
            throw unexpected("expected an integer")
        }
        return value
    }

    mutating func readUInt64() throws(DoclingDocumentError) -> UInt64 {
        guard let value = UInt64(String(decoding: try readNumberLiteral(), as: UTF8.self)) else {
            throw unexpected("expected an integer of 64 bits without a sign")
        }
        return value
    }

    /// Reads a finite number as the double nearest to it.
    mutating func readDouble() throws(DoclingDocumentError) -> Double {
        let literal = try readNumberLiteral()
        if let value = JSONReader.exactDouble(of: literal) { return value }
        guard let value = Double(String(decoding: literal, as: UTF8.self)), value.isFinite else {
            throw unexpected("number beyond the range of a double")
        }
        return value
    }

    /// The value of a decimal with at most 53 bits of digits and a small power of ten: then one division of two exact
    /// doubles is correctly rounded (Clinger, "How to Read Floating Point Numbers Accurately", 1990).
    private static func exactDouble(of literal: UnsafeBufferPointer<UInt8>) -> Double? {
        var digits: UInt64 = 0
        var decimals = 0
        var afterPoint = false
        var negative = false
        for byte in literal {
            switch byte {
            case 0x30...0x39:
                guard digits < 900_719_925_474_099 else { return nil }
                digits = digits &* 10 &+ UInt64(byte &- 0x30)
                if afterPoint { decimals += 1 }
            case UInt8(ascii: "."): afterPoint = true
            case UInt8(ascii: "-"): negative = true
            default: return nil
            }
        }
        guard decimals < powersOfTen.count else { return nil }
        let value = Double(digits) / powersOfTen[decimals]
        return negative ? -value : value
    }

    private static let powersOfTen: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ]

    mutating func readNumber() throws(DoclingDocumentError) -> JSONNumber {
        JSONNumber(checked: String(decoding: try readNumberLiteral(), as: UTF8.self))
    }

    /// Takes a number and checks its grammar: `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`.
    mutating func readNumberLiteral() throws(DoclingDocumentError) -> UnsafeBufferPointer<UInt8> {
        let first = peek()
        let start = position
        guard first == UInt8(ascii: "-") || (0x30...0x39).contains(first) else { throw unexpected("expected a number") }
        if first == UInt8(ascii: "-") { position += 1 }
        if position < bytes.count, bytes[position] == UInt8(ascii: "0") {
            position += 1
        } else {
            try takeDigits()
        }
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
            position += 1
            try takeDigits()
        }
        if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
            position += 1
            if position < bytes.count, bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-") { position += 1 }
            try takeDigits()
        }
        return UnsafeBufferPointer(rebasing: bytes[start..<position])
    }

    private mutating func takeDigits() throws(DoclingDocumentError) {
        let start = position
        while position < bytes.count, bytes[position] &- 0x30 <= 9 { position += 1 }
        guard position > start else { throw malformed("expected a digit") }
    }
}
