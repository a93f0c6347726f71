extension MarkdownInlineParser {
    mutating func openBracket(isImage: Bool) {
        let length = isImage ? 2 : 1
        if !brackets.isEmpty { brackets[brackets.count - 1].holdsBracket = true }
        // The token is a text until a link or an image proves to start here.
        add(MarkdownToken(kind: .text, text: Array(text[position..<(position + length)])))
        position += length
        brackets.append(Bracket(token: tokens.count - 1, isImage: isImage, position: position, marks: lastMarks))
    }

    mutating func closeBracket() {
        guard let bracket = brackets.popLast() else { return addPlain(1) }
        let isInert = !bracket.isImage && brackets.count < inertBrackets
        inertBrackets = min(inertBrackets, brackets.count)
        guard !isInert, let link = inlineTarget() ?? referenceTarget(bracket) else { return addPlain(1) }
        if !brackets.isEmpty { brackets[brackets.count - 1].holdsBracket = true }
        tokens[bracket.token] = MarkdownToken(kind: bracket.isImage ? .imageStart(link.target) : .linkStart(link.target))
        add(MarkdownToken(kind: bracket.isImage ? .imageEnd : .linkEnd))
        position = link.end
        matchMarks(after: bracket.marks)
        // A link holds no other link.
        if !bracket.isImage { inertBrackets = brackets.count }
    }

    private typealias Link = (target: MarkdownLinkTarget, end: Int)

    /// The target in parentheses behind the bracket.
    private func inlineTarget() -> Link? {
        guard position + 1 < text.count, text[position + 1] == UInt8(ascii: "(") else { return nil }
        var scanner = MarkdownLinkScanner(text, at: position + 2)
        scanner.skipSpace()
        guard let destination = scanner.destination(isDefinition: false) else { return nil }
        let destinationEnd = scanner.position
        scanner.skipSpace()
        var title: [UInt8] = []
        if scanner.position > destinationEnd, let read = scanner.title() {
            title = read
            scanner.skipSpace()
        }
        guard scanner.position < text.count, text[scanner.position] == UInt8(ascii: ")") else { return nil }
        return (MarkdownLinkTarget(destination: destination.string, title: title), scanner.position + 1)
    }

    /// The target that the label behind the bracket names, or the text between the brackets.
    private func referenceTarget(_ bracket: Bracket) -> Link? {
        if position + 1 < text.count, text[position + 1] == UInt8(ascii: "["),
            let end = MarkdownReferences.labelEnd(in: text, at: position + 1), end > position + 3
        {
            return references.target(text[(position + 2)..<(end - 1)]).map { ($0, end) }
        }
        guard !bracket.holdsBracket, let target = references.target(text[bracket.position..<position]) else { return nil }
        let isCollapsed = text[position...].starts(with: "][]".utf8)
        return (target, position + (isCollapsed ? 3 : 1))
    }
}
