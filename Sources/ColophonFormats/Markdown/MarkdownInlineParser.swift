/// Parses the text of a paragraph by the rules of CommonMark, and the strikethrough of GitHub.
///
/// Cost: O(bytes): marks that found no partner are not looked at again, and searches that failed are remembered.
struct MarkdownInlineParser {
    let text: [UInt8]
    let references: MarkdownReferences
    var position = 0
    var tokens: [MarkdownToken] = []
    var marks: [MarkdownMarks] = []
    /// The last run that may still match.
    var lastMarks = -1
    var brackets: [Bracket] = []
    /// How many of the brackets, from the first, may start no link, because one is within them.
    var inertBrackets = 0
    private var plain: [UInt8] = []
    private var html = MarkdownHTMLSpan()
    /// Where the runs of backticks of each length stand, the last one first.
    private var backticks: [Int: [Int]] = [:]

    struct Bracket {
        var token: Int
        var isImage: Bool
        /// Behind the bracket.
        var position: Int
        /// The last run of marks before it.
        var marks: Int
        /// Whether another bracket opens behind it; a label holds none.
        var holdsBracket = false
    }

    private init(_ text: [UInt8], _ references: MarkdownReferences) {
        self.text = text
        self.references = references
    }

    static func parse(_ text: [UInt8], references: MarkdownReferences) -> (tokens: [MarkdownToken], marks: [MarkdownMarks]) {
        var parser = MarkdownInlineParser(text, references)
        parser.findBackticks()
        parser.read()
        parser.matchMarks(after: -1)
        return (parser.tokens, parser.marks)
    }

    private mutating func findBackticks() {
        var index = 0
        while index < text.count {
            guard text[index] == UInt8(ascii: "`") else {
                index += 1
                continue
            }
            let start = index
            while index < text.count, text[index] == UInt8(ascii: "`") { index += 1 }
            backticks[index - start, default: []].append(start)
        }
        for length in backticks.keys { backticks[length]?.reverse() }
    }

    private mutating func read() {
        while position < text.count {
            let byte = text[position]
            switch byte {
            case UInt8(ascii: "\\"): readEscape()
            case UInt8(ascii: "`"): readCode()
            case UInt8(ascii: "<"): readAngle()
            case UInt8(ascii: "&"):
                if let reference = CharacterReference(in: text, at: position, end: text.count, needsSemicolon: true) {
                    plain += reference.scalars
                    position += reference.length
                } else {
                    addPlain(1)
                }
            case 0x0A: readLineEnd()
            case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "~"): readMarks(byte)
            case UInt8(ascii: "["): openBracket(isImage: false)
            case UInt8(ascii: "!") where position + 1 < text.count && text[position + 1] == UInt8(ascii: "["): openBracket(isImage: true)
            case UInt8(ascii: "]"): closeBracket()
            case UInt8(ascii: "h"), UInt8(ascii: "H"):
                if let end = bareAddressEnd() { addAddress(to: end) } else { addPlain(1) }
            default: addPlain(1)
            }
        }
        endPlain()
    }

    mutating func addPlain(_ count: Int) {
        plain += text[position..<(position + count)]
        position += count
    }

    mutating func add(_ token: MarkdownToken) {
        endPlain()
        tokens.append(token)
    }

    private mutating func endPlain() {
        guard !plain.isEmpty else { return }
        tokens.append(MarkdownToken(kind: .text, text: plain))
        plain = []
    }

    private mutating func readEscape() {
        guard position + 1 < text.count else { return addPlain(1) }
        let next = text[position + 1]
        if next == 0x0A {
            add(MarkdownToken(kind: .lineBreak))
            position += 2
        } else if next.isASCIIPunctuation {
            position += 1
            addPlain(1)
        } else {
            addPlain(1)
        }
    }

    private mutating func readLineEnd() {
        let isHard = plain.suffix(2).elementsEqual([0x20, 0x20])
        add(MarkdownToken(kind: isHard ? .lineBreak : .space))
        position += 1
    }

    private mutating func readCode() {
        var end = position
        while end < text.count, text[end] == UInt8(ascii: "`") { end += 1 }
        let length = end - position
        // Runs before this place can close nothing any more.
        while let next = backticks[length]?.last, next < end { backticks[length]?.removeLast() }
        guard let close = backticks[length]?.last else { return addPlain(length) }
        var code = text[end..<close].map { $0 == 0x0A ? 0x20 : $0 }
        if code.count > 1, code.first == 0x20, code.last == 0x20, code.contains(where: { $0 != 0x20 }) {
            code = Array(code[1..<(code.count - 1)])
        }
        add(MarkdownToken(kind: .code, text: code))
        position = close + length
    }

    /// Reads an address between angle brackets or a piece of HTML.
    private mutating func readAngle() {
        if let end = addressEnd() {
            let address = text[(position + 1)..<end].string
            let isMail = address.utf8.contains(UInt8(ascii: "@")) && !address.utf8.contains(UInt8(ascii: ":"))
            add(MarkdownToken(kind: .linkStart(MarkdownLinkTarget(destination: isMail ? "mailto:" + address : address, title: []))))
            add(MarkdownToken(kind: .text, text: Array(address.utf8)))
            add(MarkdownToken(kind: .linkEnd))
            position = end + 1
        } else if let length = html.length(in: text, at: position) {
            add(MarkdownToken(kind: .html, text: Array(text[position..<(position + length)])))
            position += length
        } else {
            addPlain(1)
        }
    }

    /// Where the bracket stands that closes an address; `nil` when what follows is none.
    private func addressEnd() -> Int? {
        var index = position + 1
        var hasColon = false
        var hasAt = false
        var schemeLength = 0
        while index < text.count {
            switch text[index] {
            case UInt8(ascii: ">"):
                let isAddress = hasColon ? (2...32).contains(schemeLength) : hasAt
                return isAddress && text[position + 1].isASCIIAlphanumeric ? index : nil
            case UInt8(ascii: "<"), 0...0x20: return nil
            case UInt8(ascii: ":"): hasColon = true
            case UInt8(ascii: "@") where !hasColon: hasAt = true
            case let byte where !hasColon:
                let isPart = byte.isASCIIAlphanumeric || byte == UInt8(ascii: "+") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
                guard isPart || byte == UInt8(ascii: "_") else { return nil }
                schemeLength += 1
            default: break
            }
            index += 1
        }
        return nil
    }
}
