package import DoclingDocument

/// Plain text: what blank lines part is a paragraph, whose lines stay as they are.
package enum PlainTextReader {
    /// More paragraphs are refused.
    static let paragraphsMax = 500_000

    /// - Throws: `tooLarge` past `paragraphsMax`.
    /// - Complexity: O(length).
    package static func document(from text: String, name: String) throws(FormatFailure) -> DoclingDocument {
        var document = DoclingDocument(name: name)
        var paragraph: [Substring] = []
        var count = 0
        func flush() throws(FormatFailure) {
            guard !paragraph.isEmpty else { return }
            count += 1
            guard count <= paragraphsMax else { throw .tooLarge("it has more than \(paragraphsMax) paragraphs") }
            document.addText(paragraph.joined(separator: "\n"))
            paragraph = []
        }
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            let end = line.lastIndex { !$0.isWhitespace }
            if let end { paragraph.append(line[...end]) } else { try flush() }
        }
        try flush()
        return document
    }
}
