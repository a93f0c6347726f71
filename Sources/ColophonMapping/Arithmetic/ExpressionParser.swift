import Foundation

extension Expression {
    /// Reads an expression as people write it.
    ///
    /// - Parameter line: Of the mapping's file, for errors.
    init(reading text: String, line: Int) throws(MappingFileError) {
        var parser = ExpressionParser(text: text, line: line)
        self = try parser.whole()
    }
}

/// Reads by precedence: `or`, `and`, `not`, comparisons, `+ -`, `* /`, signs.
private struct ExpressionParser {
    private let characters: [Character]
    private let line: Int
    private let text: String
    private var position = 0
    private var depth = 0

    private static let lengthMax = 1000
    private static let depthMax = 40

    init(text: String, line: Int) {
        characters = Array(text)
        self.text = text
        self.line = line
    }

    mutating func whole() throws(MappingFileError) -> Expression {
        guard characters.count <= Self.lengthMax else { throw error("is longer than \(Self.lengthMax) characters") }
        let expression = try choice()
        skipSpace()
        guard position == characters.count else { throw error("cannot be read from \"\(rest)\" on") }
        return expression
    }

    private var rest: String { String(characters[min(position, characters.count)...].prefix(20)) }

    private func error(_ what: String) -> MappingFileError {
        MappingFileError(line: line, "The calculation \"\(text.prefix(80))\" \(what).")
    }

    private mutating func skipSpace() {
        while position < characters.count, characters[position].isWhitespace { position += 1 }
    }

    private mutating func take(_ sign: String) -> Bool {
        skipSpace()
        guard characters[position...].starts(with: sign) else { return false }
        position += sign.count
        return true
    }

    private mutating func take(word: String) -> Bool {
        skipSpace()
        let end = position + word.count
        guard characters[position...].starts(with: word), end >= characters.count || !Self.isName(characters[end]) else { return false }
        position = end
        return true
    }

    private static func isName(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || character == "_" || character == ".")
    }

    private mutating func choice() throws(MappingFileError) -> Expression {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.depthMax else { throw error("is nested more than \(Self.depthMax) deep") }
        var left = try both()
        while take(word: "or") { left = .binary(.or, left, try both()) }
        return left
    }

    private mutating func both() throws(MappingFileError) -> Expression {
        var left = try negation()
        while take(word: "and") { left = .binary(.and, left, try negation()) }
        return left
    }

    private mutating func negation() throws(MappingFileError) -> Expression {
        guard take(word: "not") else { return try comparison() }
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.depthMax else { throw error("is nested more than \(Self.depthMax) deep") }
        return .not(try negation())
    }

    private mutating func comparison() throws(MappingFileError) -> Expression {
        let left = try sum()
        for comparison in [Expression.Operator.lessOrEqual, .greaterOrEqual, .unequal, .less, .greater, .equal]
        where take(comparison.rawValue) {
            return .binary(comparison, left, try sum())
        }
        return left
    }

    private mutating func sum() throws(MappingFileError) -> Expression {
        var left = try product()
        while true {
            if take("+") {
                left = .binary(.plus, left, try product())
            } else if take("-") {
                left = .binary(.minus, left, try product())
            } else {
                return left
            }
        }
    }

    private mutating func product() throws(MappingFileError) -> Expression {
        var left = try signed()
        while true {
            if take("*") {
                left = .binary(.times, left, try signed())
            } else if take("/") {
                left = .binary(.over, left, try signed())
            } else {
                return left
            }
        }
    }

    private mutating func signed() throws(MappingFileError) -> Expression {
        guard take("-") else { return try operand() }
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.depthMax else { throw error("is nested more than \(Self.depthMax) deep") }
        return .negative(try signed())
    }

    private mutating func operand() throws(MappingFileError) -> Expression {
        if take("(") {
            let inner = try choice()
            guard take(")") else { throw error("has a parenthesis that is not closed") }
            return inner
        }
        if take("'") {
            guard let end = characters[position...].firstIndex(of: "'") else { throw error("has a text that is not closed") }
            defer { position = end + 1 }
            return .text(String(characters[position..<end]))
        }
        skipSpace()
        let start = position
        while position < characters.count, Self.isName(characters[position]) { position += 1 }
        let word = String(characters[start..<position])
        guard let first = word.first else { throw error("lacks a value before \"\(rest)\"") }
        guard first.isNumber else { return take("(") ? try call(word) : .name(word) }
        guard word.allSatisfy({ $0.isNumber || $0 == "." }), word.filter(\.isNumber).count <= DecimalText.digitsMax,
            let number = Decimal(string: word, locale: Locale(identifier: "en_US_POSIX"))
        else { throw error("has \"\(word)\" for a number") }
        return .number(number)
    }

    private mutating func call(_ name: String) throws(MappingFileError) -> Expression {
        guard let function = Expression.Function(rawValue: name) else {
            let known = Expression.Function.allCases.map(\.rawValue).joined(separator: ", ")
            throw error("calls \"\(name)\"; there are \(known)")
        }
        var operands: [Expression] = []
        if !take(")") {
            repeat { operands.append(try choice()) } while take(",")
            guard take(")") else { throw error("has a parenthesis that is not closed") }
        }
        guard function.arity.contains(operands.count) else { throw error("gives \(name) \(operands.count) values") }
        if function == .lookup {
            guard case .text = operands[0] else { throw error("looks into a table that is no name in quotes") }
        }
        return .call(function, operands)
    }
}
