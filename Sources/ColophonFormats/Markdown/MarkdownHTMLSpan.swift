/// Finds the HTML within a line of text.
struct MarkdownHTMLSpan {
    /// Which marks are known not to come any more, so that a search to the end is made once for each.
    private var absent: Set<String> = []

    /// How many bytes the HTML takes that starts at a `<`; `nil` where none does.
    ///
    /// - Complexity: O(length), and O(bytes) once for each kind of mark that never closes.
    mutating func length(in text: [UInt8], at start: Int) -> Int? {
        let rest = text[start...]
        if rest.starts(with: "<!--".utf8) { return length(in: text, at: start, from: start + 4, to: "-->") }
        if rest.starts(with: "<![CDATA[".utf8) { return length(in: text, at: start, from: start + 9, to: "]]>") }
        if rest.starts(with: "<?".utf8) { return length(in: text, at: start, from: start + 2, to: "?>") }
        if rest.starts(with: "<!".utf8) {
            guard start + 2 < text.count, text[start + 2].isASCIILetter else { return nil }
            return length(in: text, at: start, from: start + 2, to: ">")
        }
        return MarkdownHTMLSpan.tagLength(in: text, at: start)
    }

    private mutating func length(in text: [UInt8], at start: Int, from first: Int, to mark: String) -> Int? {
        guard !absent.contains(mark) else { return nil }
        let end = Array(mark.utf8)
        var position = first
        while position + end.count <= text.count {
            if text[position] == end[0], text[position..<(position + end.count)].elementsEqual(end) { return position + end.count - start }
            position += 1
        }
        absent.insert(mark)
        return nil
    }

    /// How many bytes a tag takes that is whole and well formed.
    static func tagLength(in text: [UInt8], at start: Int) -> Int? {
        var position = start + 1
        let isEnd = position < text.count && text[position] == UInt8(ascii: "/")
        if isEnd { position += 1 }
        guard position < text.count, text[position].isASCIILetter else { return nil }
        while position < text.count, text[position].isASCIIAlphanumeric || text[position] == UInt8(ascii: "-") { position += 1 }
        while position < text.count {
            let spaceStart = position
            while position < text.count, text[position].isASCIISpace { position += 1 }
            guard position < text.count else { return nil }
            if text[position] == UInt8(ascii: ">") { return position + 1 - start }
            guard !isEnd else { return nil }
            if text[position] == UInt8(ascii: "/") {
                guard position + 1 < text.count, text[position + 1] == UInt8(ascii: ">") else { return nil }
                return position + 2 - start
            }
            guard position > spaceStart, let end = attributeEnd(in: text, at: position) else { return nil }
            position = end
        }
        return nil
    }

    private static func attributeEnd(in text: [UInt8], at start: Int) -> Int? {
        var position = start
        guard text[position].isASCIILetter || text[position] == UInt8(ascii: "_") || text[position] == UInt8(ascii: ":") else { return nil }
        while position < text.count,
            text[position].isASCIIAlphanumeric || text[position] == UInt8(ascii: "_") || text[position] == UInt8(ascii: ":")
                || text[position] == UInt8(ascii: ".") || text[position] == UInt8(ascii: "-")
        {
            position += 1
        }
        let nameEnd = position
        while position < text.count, text[position].isASCIISpace { position += 1 }
        guard position < text.count, text[position] == UInt8(ascii: "=") else { return nameEnd }
        position += 1
        while position < text.count, text[position].isASCIISpace { position += 1 }
        guard position < text.count else { return nil }
        let quote = text[position]
        if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            position += 1
            while position < text.count, text[position] != quote { position += 1 }
            return position < text.count ? position + 1 : nil
        }
        let valueStart = position
        let isBreaking: (UInt8) -> Bool = { $0.isASCIISpace || "\"'=<>`".utf8.contains($0) }
        while position < text.count, !isBreaking(text[position]) { position += 1 }
        return position > valueStart ? position : nil
    }
}
