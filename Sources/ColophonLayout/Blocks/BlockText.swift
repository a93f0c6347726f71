/// Joins the lines of a block into its text.
enum BlockText {
    /// A paragraph: hyphens at the ends of lines undone, lines joined by spaces.
    static func paragraph(_ lines: [String]) -> String {
        var result = ""
        for line in lines { append(line, to: &result) }
        return result
    }

    /// Adds a line to a text; a word that was divided at its end becomes whole.
    static func append(_ line: String, to text: inout String) {
        guard !line.isEmpty else { return }
        guard let last = text.unicodeScalars.last, let next = line.unicodeScalars.first else {
            text = line
            return
        }
        if isHyphen(last), dividesWord(text, before: next) {
            if next.properties.isLowercase, !keepsHyphen(text) { text.unicodeScalars.removeLast() }
            text += line
        } else if Script.isIdeographic(last), Script.isIdeographic(next) {
            text += line
        } else {
            text += " "
            text += line
        }
    }

    private static func isHyphen(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "-" || scalar.value == 0x2010 || scalar.value == 0xAD
    }

    private static func dividesWord(_ text: String, before next: Unicode.Scalar) -> Bool {
        guard let before = text.unicodeScalars.dropLast().last else { return false }
        return before.properties.isAlphabetic && next.properties.isAlphabetic
    }

    /// Prefixes that are written with a hyphen wherever they stand in the line.
    private static let hyphenated: Set<String> = [
        "self", "non", "well", "cross", "multi", "high", "low", "long", "short", "state", "real", "so", "co", "ex",
    ]

    private static func keepsHyphen(_ text: String) -> Bool {
        let word = text.unicodeScalars.dropLast().reversed().prefix { !$0.properties.isWhitespace }
        if word.contains(where: isHyphen) { return true }
        var letters = String.UnicodeScalarView()
        letters.append(contentsOf: word.reversed())
        return hyphenated.contains(String(letters).lowercased())
    }
}
