/// Tells columns of numbers from columns of words, by the rules of Python's numbers that docling-core goes by.
enum NumericColumn {
    /// Whether some cell is a number and every other one is a number, empty, `True` or `False`.
    static func isNumeric(_ cells: some Sequence<[UInt8]>) -> Bool {
        var found = false
        for cell in cells where !cell.isEmpty {
            let text = String(decoding: cell, as: UTF8.self)
            if text == "True" || text == "False" { continue }
            guard isNumber(text) else { return false }
            found = true
        }
        return found
    }

    /// Whether a text reads as an integer or a float, or has groups of three digits with commas between.
    static func isNumber(_ text: String) -> Bool {
        let scalars = Array(text.unicodeScalars)
        if hasThousands(scalars[...]) { return true }
        guard let start = scalars.firstIndex(where: { !WhiteSpace.isSpace($0) }),
            let end = scalars.lastIndex(where: { !WhiteSpace.isSpace($0) })
        else { return false }
        let lowercased = text.lowercased()
        if lowercased == "inf" || lowercased == "-inf" || lowercased == "nan" { return true }
        return isFloat(scalars[start...end])
    }

    /// `[sign] digits [. digits] [e [sign] digits]` with single underscores between digits, not beyond a double.
    private static func isFloat(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
        var rest = scalars
        var literal = ""
        takeSign(&rest, &literal)
        let whole = takeDigits(&rest, &literal)
        var fraction = false
        if rest.first == "." {
            rest.removeFirst()
            literal += whole ? "." : "0."
            fraction = takeDigits(&rest, &literal)
            if !fraction { literal += "0" }
        }
        guard whole || fraction else { return false }
        if let mark = rest.first, mark == "e" || mark == "E" {
            rest.removeFirst()
            literal += "e"
            takeSign(&rest, &literal)
            guard takeDigits(&rest, &literal) else { return false }
        }
        guard rest.isEmpty else { return false }
        // An integer of any length is a number to Python, up to 4300 digits.
        if !literal.contains("."), !literal.contains("e"), literal.utf8.count <= 4300 { return true }
        return Double(literal).map(\.isFinite) ?? false
    }

    private static func takeSign(_ rest: inout ArraySlice<Unicode.Scalar>, _ literal: inout String) {
        guard let sign = rest.first, sign == "-" || sign == "+" else { return }
        rest.removeFirst()
        if sign == "-" { literal += "-" }
    }

    private static func takeDigits(_ rest: inout ArraySlice<Unicode.Scalar>, _ literal: inout String) -> Bool {
        var found = false
        while let scalar = rest.first {
            if scalar == "_" {
                guard found, let next = rest.dropFirst().first, digit(next) != nil else { return found }
                rest.removeFirst()
            }
            guard let scalar = rest.first, let value = digit(scalar) else { return found }
            rest.removeFirst()
            literal += String(value)
            found = true
        }
        return found
    }

    /// The value of a decimal digit of any script.
    private static func digit(_ scalar: Unicode.Scalar) -> Int? {
        guard scalar.properties.generalCategory == .decimalNumber else { return nil }
        return scalar.properties.numericValue.map { Int($0) }
    }

    /// `[sign] d{1,3} (, ddd)* [. d*]` or `. d+`.
    private static func hasThousands(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
        func isDigit(_ scalar: Unicode.Scalar) -> Bool { (0x30...0x39).contains(scalar.value) }
        var rest = scalars
        if rest.first == "." { return rest.count > 1 && rest.dropFirst().allSatisfy(isDigit) }
        if rest.first == "-" || rest.first == "+" { rest.removeFirst() }
        let lead = rest.prefix(while: isDigit).count
        guard (1...3).contains(lead) else { return false }
        rest = rest.dropFirst(lead)
        while rest.first == "," {
            guard rest.count >= 4, rest.dropFirst().prefix(3).allSatisfy(isDigit) else { return false }
            rest = rest.dropFirst(4)
        }
        if rest.first == "." { rest = rest.dropFirst().drop(while: isDigit) }
        return rest.isEmpty
    }
}
