extension MarkdownInlineParser {
    /// Where a web address ends that stands in the text without brackets, as on GitHub; `nil` when none starts here.
    ///
    /// Within brackets, which may turn out to be a link, there is none.
    func bareAddressEnd() -> Int? {
        guard brackets.isEmpty else { return nil }
        if position > 0, !text[position - 1].isASCIISpace, !"*_~(".utf8.contains(text[position - 1]) { return nil }
        let head = text[position...].prefix(8).map(\.lowercasedASCII)
        let schemes = ["https://", "http://"].map { Array($0.utf8) }
        guard let scheme = schemes.first(where: { head.starts(with: $0) }) else { return nil }
        let start = position + scheme.count
        guard start < text.count, text[start].isASCIIAlphanumeric else { return nil }
        var end = start
        var openCount = 0
        while end < text.count, !text[end].isASCIISpace, text[end] != UInt8(ascii: "<") {
            if text[end] == UInt8(ascii: "(") { openCount += 1 }
            if text[end] == UInt8(ascii: ")") { openCount -= 1 }
            end += 1
        }
        // What ends a sentence, or closes a parenthesis around the address, is no part of it.
        while end > start + 1 {
            let last = text[end - 1]
            if last == UInt8(ascii: ")"), openCount < 0 {
                openCount += 1
            } else if !"?!.,:;*_~'\"".utf8.contains(last) {
                break
            }
            end -= 1
        }
        return end
    }

    mutating func addAddress(to end: Int) {
        let address = Array(text[position..<end])
        add(MarkdownToken(kind: .linkStart(MarkdownLinkTarget(destination: address.string, title: []))))
        add(MarkdownToken(kind: .text, text: address))
        add(MarkdownToken(kind: .linkEnd))
        position = end
    }
}
