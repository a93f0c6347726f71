/// The number before a heading: `2`, `2.1`, `2.1.3.`, `IV.`, `A.`, `Chapter 3`.
struct HeadingNumber {
    /// How many parts the number has, from 1.
    let depth: Int

    /// - Returns: `nil` when the text does not begin with a number followed by a capital letter.
    init?(prefixOf text: String) {
        let parts = text.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: true)
        guard parts.count >= 2 else { return nil }
        let lowered = parts[0].lowercased()
        if ["chapter", "section", "appendix", "part", "kapitel", "article", "annex"].contains(lowered) {
            guard parts[1].utf8.first.map({ $0 >= 48 && $0 <= 57 || $0 >= 65 && $0 <= 90 }) ?? false else { return nil }
            depth = 1
            return
        }
        guard let next = parts[1].unicodeScalars.first, next.properties.isUppercase else { return nil }
        let number = parts[0].last == "." ? parts[0].dropLast() : parts[0]
        let levels = number.split(separator: ".", omittingEmptySubsequences: false)
        guard !levels.isEmpty, levels.count <= 6, number.utf8.count <= 12 else { return nil }
        if levels.allSatisfy({ !$0.isEmpty && $0.utf8.count <= 3 && $0.utf8.allSatisfy { $0 >= 48 && $0 <= 57 } }) {
            depth = levels.count
            return
        }
        // Roman numbers and single letters need their full stop, or `I agree` would be a heading.
        guard parts[0].last == ".", levels.count == 1 else { return nil }
        guard
            number.utf8.count == 1 && number.utf8.allSatisfy({ $0 >= 65 && $0 <= 90 })
                || number.utf8.allSatisfy({ "IVXLC".utf8.contains($0) })
        else { return nil }
        depth = 1
    }
}
