/// Recognises how captions begin: `Figure 3`, `Table 2:`, `Abb. 1`.
enum CaptionPattern {
    private static let words: Set<String> = [
        "figure", "fig", "table", "tab", "abbildung", "abb", "tabelle", "chart", "exhibit", "tableau", "figura", "tabla", "graph",
        "listing",
        "algorithm", "scheme", "box", "map", "plate",
    ]

    static func matches(_ text: String) -> Bool {
        let parts = text.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: true)
        guard parts.count >= 2 else { return false }
        var word = parts[0].lowercased()
        if word.last == "." { word.removeLast() }
        guard words.contains(word), let first = parts[1].utf8.first else { return false }
        if first >= 48, first <= 57 { return true }
        // `Table A.1`, `Figure IV:`, but not `Table of contents`.
        let number = parts[1].prefix { $0 != ":" && $0 != "." }
        return number.utf8.count <= 4 && number.utf8.allSatisfy { $0 >= 65 && $0 <= 90 || $0 >= 48 && $0 <= 57 }
    }
}
