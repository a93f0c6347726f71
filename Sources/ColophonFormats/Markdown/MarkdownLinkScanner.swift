/// Reads the parts of a link: its destination and its title.
struct MarkdownLinkScanner {
    private let text: [UInt8]
    var position: Int

    private static let parenthesesMax = 32

    init(_ text: [UInt8], at position: Int) {
        self.text = text
        self.position = position
    }

    mutating func skipSpace() {
        while position < text.count, text[position].isASCIISpace { position += 1 }
    }

    /// Whether nothing but white space follows in the line.
    var isAtLineEnd: Bool {
        var index = position
        while index < text.count, text[index] != 0x0A {
            guard text[index].isASCIISpace else { return false }
            index += 1
        }
        return true
    }

    /// Moves to the start of the next line.
    mutating func skipLine() {
        while position < text.count, text[position] != 0x0A { position += 1 }
        if position < text.count { position += 1 }
    }

    /// - Parameter isDefinition: A definition must have a destination; a link in the text may have an empty one.
    mutating func destination(isDefinition: Bool) -> [UInt8]? {
        guard position < text.count else { return nil }
        let start = position
        if text[position] == UInt8(ascii: "<") {
            position += 1
            while position < text.count, text[position] != UInt8(ascii: ">") {
                guard text[position] != 0x0A, text[position] != UInt8(ascii: "<") else { return nil }
                position += text[position] == UInt8(ascii: "\\") ? 2 : 1
            }
            guard position < text.count else { return nil }
            position += 1
            return MarkdownLinkScanner.unescaped(text[(start + 1)..<(position - 1)])
        }
        var depth = 0
        loop: while position < text.count {
            switch text[position] {
            case UInt8(ascii: "\\") where position + 1 < text.count && text[position + 1].isASCIIPunctuation: position += 1
            case UInt8(ascii: "("):
                depth += 1
                guard depth <= MarkdownLinkScanner.parenthesesMax else { return nil }
            case UInt8(ascii: ")"):
                guard depth > 0 else { break loop }
                depth -= 1
            case 0...0x20, 0x7F: break loop
            default: break
            }
            position += 1
        }
        guard depth == 0, !isDefinition || position > start else { return nil }
        return MarkdownLinkScanner.unescaped(text[start..<position])
    }

    mutating func title() -> [UInt8]? {
        guard position < text.count else { return nil }
        let open = text[position]
        let close: UInt8
        switch open {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): close = open
        case UInt8(ascii: "("): close = UInt8(ascii: ")")
        default: return nil
        }
        let start = position + 1
        position = start
        while position < text.count, text[position] != close {
            guard text[position] != UInt8(ascii: "(") || open != UInt8(ascii: "(") else { return nil }
            position += text[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard position < text.count else { return nil }
        position += 1
        return MarkdownLinkScanner.unescaped(text[start..<(position - 1)])
    }

    /// The text with its backslashes and references to characters replaced.
    static func unescaped(_ text: ArraySlice<UInt8>) -> [UInt8] {
        guard text.contains(UInt8(ascii: "\\")) || text.contains(UInt8(ascii: "&")) else { return Array(text) }
        var plain: [UInt8] = []
        var rest = text
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\\"), let next = rest.first, next.isASCIIPunctuation {
                plain.append(next)
                rest.removeFirst()
                continue
            }
            if byte == UInt8(ascii: "&") {
                let head = [byte] + rest.prefix(32)
                if let reference = CharacterReference(in: head, at: 0, end: head.count, needsSemicolon: true) {
                    plain += reference.scalars
                    rest.removeFirst(reference.length - 1)
                    continue
                }
            }
            plain.append(byte)
        }
        return plain
    }
}
