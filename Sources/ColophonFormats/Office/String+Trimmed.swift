extension String {
    /// Without white space at either end.
    var trimmed: String {
        func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }
        guard let first = unicodeScalars.first, let last = unicodeScalars.last, isSpace(first) || isSpace(last) else { return self }
        guard let start = unicodeScalars.firstIndex(where: { !isSpace($0) }), let end = unicodeScalars.lastIndex(where: { !isSpace($0) })
        else { return "" }
        return String(unicodeScalars[start...end])
    }

    var isBlank: Bool { unicodeScalars.allSatisfy(\.properties.isWhitespace) }
}
