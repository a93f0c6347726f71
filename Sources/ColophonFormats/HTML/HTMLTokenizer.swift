/// Cuts the source of a page into tags and texts; any bytes are a page, as in a browser.
///
/// Comments, the document type and processing instructions are left out; a CDATA section is text. Cost: O(bytes) over
/// all calls, as no call looks at a byte behind the position again.
struct HTMLTokenizer {
    private let bytes: [UInt8]
    private let end: Int
    private(set) var position: Int
    /// The element whose characters come next, up to its end tag.
    private var rawTag: HTMLTag?

    init(_ bytes: [UInt8], at position: Int = 0) {
        self.bytes = bytes
        self.position = position
        end = bytes.count
    }

    /// The next piece; `nil` at the end.
    mutating func next() -> HTMLToken? {
        if let rawTag {
            self.rawTag = nil
            let text = rawText(of: rawTag)
            if !text.isEmpty { return .text(rawTag.decodesRawText ? CharacterReference.decode(text) : Array(text)) }
        }
        while position < end {
            guard bytes[position] == UInt8(ascii: "<"), startsTag(at: position) else { return .text(text()) }
            switch bytes[position + 1] {
            case UInt8(ascii: "!"):
                if let section = declaration() { return .text(section) }
            case UInt8(ascii: "?"): skip(past: [UInt8(ascii: ">")], from: position + 2)
            case UInt8(ascii: "/"):
                if let tag = endTag() { return tag }
            default: if let tag = startTag() { return tag }
            }
        }
        return nil
    }

    /// The text up to the next tag; a `<` that can start none is text.
    private mutating func text() -> [UInt8] {
        let start = position
        position += 1
        while position < end, bytes[position] != UInt8(ascii: "<") || !startsTag(at: position) { position += 1 }
        return CharacterReference.decode(bytes[start..<position])
    }

    private func startsTag(at start: Int) -> Bool {
        guard start + 1 < end else { return false }
        let next = bytes[start + 1]
        return next.isASCIILetter || next == UInt8(ascii: "/") || next == UInt8(ascii: "!") || next == UInt8(ascii: "?")
    }

    private mutating func rawText(of tag: HTMLTag) -> ArraySlice<UInt8> {
        let start = position
        let name = Array(tag.rawValue.utf8)
        while position < end {
            if tag != .plaintext, bytes[position] == UInt8(ascii: "<"), position + 1 < end, bytes[position + 1] == UInt8(ascii: "/"),
                isName(name, at: position + 2)
            {
                break
            }
            position += 1
        }
        return bytes[start..<position]
    }

    private func isName(_ name: [UInt8], at start: Int) -> Bool {
        guard start + name.count <= end else { return false }
        for (offset, byte) in name.enumerated() where bytes[start + offset].lowercasedASCII != byte { return false }
        return start + name.count == end || !bytes[start + name.count].isASCIIAlphanumeric
    }

    /// Passes a comment or a declaration, or returns the text of a CDATA section.
    private mutating func declaration() -> [UInt8]? {
        if bytes[position...].starts(with: "<!--".utf8) {
            // `<!-->` is a whole comment too.
            skip(past: Array("-->".utf8), from: position + 2)
            return nil
        }
        guard bytes[position...].starts(with: "<![CDATA[".utf8) else {
            skip(past: [UInt8(ascii: ">")], from: position + 2)
            return nil
        }
        let start = position + 9
        skip(past: Array("]]>".utf8), from: start)
        let isClosed = position >= start + 3 && bytes[(position - 3)..<position].elementsEqual("]]>".utf8)
        return Array(bytes[start..<(isClosed ? position - 3 : position)])
    }

    /// Moves behind the next place where `mark` stands, or to the end.
    private mutating func skip(past mark: [UInt8], from start: Int) {
        position = start
        while position + mark.count <= end {
            if bytes[position] == mark[0], bytes[position..<(position + mark.count)].elementsEqual(mark) {
                position += mark.count
                return
            }
            position += 1
        }
        position = end
    }

    private mutating func endTag() -> HTMLToken? {
        let start = position + 2
        guard start < end, bytes[start].isASCIILetter else {
            skip(past: [UInt8(ascii: ">")], from: start)
            return nil
        }
        let tag = HTMLTag(name: name(at: start))
        skip(past: [UInt8(ascii: ">")], from: position)
        return .end(tag)
    }

    /// Reads the name that starts at a letter and moves behind it.
    private mutating func name(at start: Int) -> ArraySlice<UInt8> {
        position = start
        while position < end, !bytes[position].isASCIISpace, bytes[position] != UInt8(ascii: ">"), bytes[position] != UInt8(ascii: "/") {
            position += 1
        }
        return bytes[start..<position]
    }
}

extension HTMLTokenizer {
    /// Reads a start tag; `nil` when the source ends within it.
    private mutating func startTag() -> HTMLToken? {
        let tag = HTMLTag(name: name(at: position + 1))
        var attributes: [HTMLAttribute] = []
        while position < end {
            switch bytes[position] {
            case UInt8(ascii: ">"):
                position += 1
                let isSelfClosing = bytes[position - 2] == UInt8(ascii: "/")
                if tag.isRawText { rawTag = tag }
                return .start(tag, attributes, isSelfClosing: isSelfClosing)
            case UInt8(ascii: "/"): position += 1
            case let byte where byte.isASCIISpace: position += 1
            default:
                if let attribute = attribute(), !attributes.contains(where: { $0.name == attribute.name }) { attributes.append(attribute) }
            }
        }
        return nil
    }

    /// Reads an attribute; `nil` when it is none that is kept.
    private mutating func attribute() -> HTMLAttribute? {
        let start = position
        position += 1
        while position < end, !bytes[position].isASCIISpace,
            bytes[position] != UInt8(ascii: ">"), bytes[position] != UInt8(ascii: "/"), bytes[position] != UInt8(ascii: "=")
        {
            position += 1
        }
        let name = bytes[start..<position]
        let value = attributeValue()
        guard name.count <= 16, let known = HTMLAttribute.Name.byName[name.map(\.lowercasedASCII).string] else { return nil }
        return HTMLAttribute(name: known, value: CharacterReference.decode(value))
    }

    private mutating func attributeValue() -> ArraySlice<UInt8> {
        skipSpace()
        guard position < end, bytes[position] == UInt8(ascii: "=") else { return [] }
        position += 1
        skipSpace()
        guard position < end else { return [] }
        let quote = bytes[position]
        if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            position += 1
            let start = position
            while position < end, bytes[position] != quote { position += 1 }
            defer { position = min(end, position + 1) }
            return bytes[start..<position]
        }
        let start = position
        while position < end, !bytes[position].isASCIISpace, bytes[position] != UInt8(ascii: ">") { position += 1 }
        return bytes[start..<position]
    }

    private mutating func skipSpace() {
        while position < end, bytes[position].isASCIISpace { position += 1 }
    }

    /// Lets the content of an element that was closed by its own start tag be read as tags again.
    mutating func endRawText() { rawTag = nil }
}
