/// A block without blocks in it that a line starts: a heading, a break, code between fences, HTML.
struct MarkdownLeaf {
    var kind: MarkdownBlock.Kind
    var text: [UInt8] = []
    /// Whether the line is the first of the block's text.
    var takesLine = false

    /// - Parameter isInParagraph: Whether the line may also go on with a paragraph, which not every HTML ends.
    init?(_ line: MarkdownLine, isInParagraph: Bool) {
        let text = line.text
        guard let first = text.first else { return nil }
        switch first {
        case UInt8(ascii: "#"):
            let level = text.prefix(7).prefix { $0 == first }.count
            guard level <= 6, text.dropFirst(level).first?.isSpaceOrTab ?? true else { return nil }
            kind = .heading(level: level)
            self.text = MarkdownLeaf.heading(text.dropFirst(level))
        case UInt8(ascii: "`"), UInt8(ascii: "~"):
            let length = text.prefix { $0 == first }.count
            let info = text.dropFirst(length).trimmed
            guard length >= 3, first == UInt8(ascii: "~") || !info.contains(first) else { return nil }
            let language = Array(info.prefix { !$0.isASCIISpace && $0 != UInt8(ascii: "{") && $0 != UInt8(ascii: ",") })
            kind = .fencedCode(MarkdownBlock.Fence(sign: first, length: length, indent: line.indent, language: language))
        case UInt8(ascii: "<"):
            guard let end = MarkdownLeaf.htmlEnd(text, isInParagraph: isInParagraph) else { return nil }
            kind = .html(end: end)
            takesLine = true
        case UInt8(ascii: "*"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            guard text.allSatisfy({ $0 == first || $0.isSpaceOrTab }), text.lazy.filter({ $0 == first }).count >= 3 else { return nil }
            kind = .thematicBreak
        default: return nil
        }
    }

    /// The text of a heading without the signs that may close it.
    private static func heading(_ text: ArraySlice<UInt8>) -> [UInt8] {
        let content = text.trimmed
        var rest = content
        while rest.last == UInt8(ascii: "#") { rest.removeLast() }
        guard rest.count < content.count, rest.last?.isSpaceOrTab ?? true else { return Array(content) }
        return Array(rest.trimmed)
    }

    private static func htmlEnd(_ text: ArraySlice<UInt8>, isInParagraph: Bool) -> MarkdownBlock.HTMLBlockEnd? {
        let rest = text.dropFirst()
        switch rest.first {
        case UInt8(ascii: "?"): return .line([Array("?>".utf8)])
        case UInt8(ascii: "!"):
            if rest.starts(with: "!--".utf8) { return .line([Array("-->".utf8)]) }
            if rest.starts(with: "![CDATA[".utf8) { return .line([Array("]]>".utf8)]) }
            return rest.dropFirst().first?.isASCIILetter ?? false ? .line([[UInt8(ascii: ">")]]) : nil
        default: break
        }
        let isEnd = rest.first == UInt8(ascii: "/")
        let afterSlash = isEnd ? rest.dropFirst() : rest
        let name = afterSlash.prefix(24).prefix { $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "-") }
        guard name.first?.isASCIILetter ?? false else { return nil }
        let next = afterSlash.dropFirst(name.count).first
        guard next.map({ $0.isASCIISpace || $0 == UInt8(ascii: ">") || $0 == UInt8(ascii: "/") }) ?? true else { return nil }
        let tag = HTMLTag(name: name)
        switch tag {
        case .script, .style, .pre, .textarea:
            if !isEnd { return .line(["</script>", "</style>", "</pre>", "</textarea>"].map { Array($0.utf8) }) }
        case .base, .col, .colgroup, .frame, .frameset, .head, .html, .body, .iframe, .link, .noframes, .param, .source, .title, .track,
            .meta:
            return .blankLine
        case _ where tag.isBlock: return .blankLine
        default: break
        }
        // Any other tag must be whole and alone in its line.
        guard !isInParagraph, let length = MarkdownHTMLSpan.tagLength(in: Array(text), at: 0), text.dropFirst(length).trimmed.isEmpty
        else { return nil }
        return .blankLine
    }
}
