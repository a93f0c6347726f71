/// The targets of links that a document defines apart from the places that use them, as `[label]: /url "title"`.
struct MarkdownReferences {
    private var targets: [[UInt8]: MarkdownLinkTarget] = [:]

    /// The longest label, in bytes.
    static let labelBytesMax = 999

    func target(_ label: ArraySlice<UInt8>) -> MarkdownLinkTarget? {
        guard !targets.isEmpty, label.count <= MarkdownReferences.labelBytesMax else { return nil }
        return targets[MarkdownReferences.normalized(label)]
    }

    /// Takes the definitions at the start of a paragraph from its text; the first definition of a label counts.
    mutating func takeDefinitions(from text: inout [UInt8]) {
        var start = 0
        while start < text.count, text[start] == UInt8(ascii: "["), let end = takeDefinition(in: text, at: start) { start = end }
        if start > 0 { text.removeSubrange(..<start) }
    }

    /// - Returns: Where the text goes on; `nil` when no definition starts here.
    private mutating func takeDefinition(in text: [UInt8], at start: Int) -> Int? {
        guard let labelEnd = MarkdownReferences.labelEnd(in: text, at: start) else { return nil }
        let label = text[(start + 1)..<(labelEnd - 1)]
        guard labelEnd < text.count, text[labelEnd] == UInt8(ascii: ":"), !label.trimmed.isEmpty else { return nil }
        var scanner = MarkdownLinkScanner(text, at: labelEnd + 1)
        scanner.skipSpace()
        guard let destination = scanner.destination(isDefinition: true) else { return nil }
        let destinationEnd = scanner.position
        scanner.skipSpace()
        var title: [UInt8] = []
        if scanner.position > destinationEnd, let read = scanner.title(), scanner.isAtLineEnd {
            title = read
        } else {
            scanner.position = destinationEnd
            guard scanner.isAtLineEnd else { return nil }
        }
        let key = MarkdownReferences.normalized(label)
        if targets[key] == nil { targets[key] = MarkdownLinkTarget(destination: destination.string, title: title) }
        scanner.skipLine()
        return scanner.position
    }

    /// Behind the bracket that closes a label; `nil` when none does, or another one opens within.
    static func labelEnd(in text: [UInt8], at start: Int) -> Int? {
        var position = start + 1
        let limit = min(text.count, start + labelBytesMax + 2)
        while position < limit {
            switch text[position] {
            case UInt8(ascii: "]"): return position + 1
            case UInt8(ascii: "["): return nil
            case UInt8(ascii: "\\"): position += 2
            default: position += 1
            }
        }
        return nil
    }

    /// Labels match whatever their case and white space.
    private static func normalized(_ label: ArraySlice<UInt8>) -> [UInt8] {
        let words = label.split(whereSeparator: \.isASCIISpace).joined(separator: [0x20])
        let bytes = Array(words)
        guard bytes.contains(where: { $0 >= 0x80 }) else { return bytes.map(\.lowercasedASCII) }
        return Array(bytes.string.lowercased().utf8)
    }
}

/// Where a link leads.
struct MarkdownLinkTarget {
    var destination: String
    var title: [UInt8]
}
