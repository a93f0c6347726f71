/// Reads an XML document from its first byte to its last, in one pass.
struct XMLReader {
    private let bytes: [UInt8]
    private let depthMax: Int
    private var offset = 0

    init(bytes: [UInt8], depthMax: Int) {
        self.bytes = bytes
        self.depthMax = depthMax
    }

    mutating func document() throws(XMLTree.Malformed) -> XMLTree {
        // S3 sends blanks to keep a connection alive, also before the declaration.
        try skipMisc()
        let root = try element(depth: 1)
        try skipMisc()
        guard offset == bytes.count else { throw malformed("something follows the document") }
        return root
    }

    private mutating func element(depth: Int) throws(XMLTree.Malformed) -> XMLTree {
        guard depth <= depthMax else { throw malformed("elements are nested too deeply") }
        guard take("<") else { throw malformed("an element is expected") }
        var tree = XMLTree(name: try name())
        if try attributesEndEmpty() { return tree }
        var text: [UInt8] = []
        while true {
            if take("</") {
                guard try name() == tree.name, blanks(), take(">") else { throw malformed("an element ends that did not begin") }
                guard let whole = String(validating: text, as: UTF8.self) else { throw malformed("text is not UTF-8") }
                tree.text = whole
                return tree
            } else if take("<!--") {
                try skip(to: "-->")
            } else if take("<![CDATA[") {
                let start = offset
                try skip(to: "]]>")
                text += bytes[start..<offset - 3]
            } else if peek == UInt8(ascii: "<") {
                tree.children.append(try element(depth: depth + 1))
            } else if take("&") {
                text += try entity()
            } else {
                guard let byte = peek else { throw malformed("the document ends too early") }
                text.append(byte)
                offset += 1
            }
        }
    }

    /// Passes over attributes; true when the element ends right there.
    private mutating func attributesEndEmpty() throws(XMLTree.Malformed) -> Bool {
        while true {
            _ = blanks()
            if take("/>") { return true }
            if take(">") { return false }
            _ = try name()
            guard take("=\"") || take("='") else { throw malformed("an attribute has no value") }
            try skip(to: bytes[offset - 1] == UInt8(ascii: "\"") ? "\"" : "'")
        }
    }

    private mutating func entity() throws(XMLTree.Malformed) -> [UInt8] {
        let start = offset
        while let byte = peek, byte != UInt8(ascii: ";"), offset - start < 10 { offset += 1 }
        let name = String(decoding: bytes[start..<offset], as: UTF8.self)
        guard take(";") else { throw malformed("an entity does not end") }
        switch name {
        case "lt": return Array("<".utf8)
        case "gt": return Array(">".utf8)
        case "amp": return Array("&".utf8)
        case "quot": return Array("\"".utf8)
        case "apos": return Array("'".utf8)
        default:
            let number =
                name.hasPrefix("#x") ? UInt32(name.dropFirst(2), radix: 16) : name.hasPrefix("#") ? UInt32(name.dropFirst()) : nil
            guard let scalar = number.flatMap(Unicode.Scalar.init) else { throw malformed("an entity is unknown") }
            return Array(String(scalar).utf8)
        }
    }

    private mutating func name() throws(XMLTree.Malformed) -> String {
        let start = offset
        while let byte = peek, !" \t\r\n/>=<&'\"".utf8.contains(byte) { offset += 1 }
        guard offset > start, let name = String(validating: bytes[start..<offset], as: UTF8.self) else {
            throw malformed("a name is expected")
        }
        return name
    }

    private mutating func skipMisc() throws(XMLTree.Malformed) {
        while true {
            _ = blanks()
            if take("<?") {
                try skip(to: "?>")
            } else if take("<!--") {
                try skip(to: "-->")
            } else {
                return
            }
        }
    }

    private mutating func skip(to end: StaticString) throws(XMLTree.Malformed) {
        while !take(end) {
            guard offset < bytes.count else { throw malformed("the document ends too early") }
            offset += 1
        }
    }

    /// Passes over blanks; always true, so that it fits into a row of conditions.
    private mutating func blanks() -> Bool {
        while let byte = peek, [0x20, 0x09, 0x0D, 0x0A].contains(byte) { offset += 1 }
        return true
    }

    private mutating func take(_ word: StaticString) -> Bool {
        let matches = word.withUTF8Buffer { bytes[offset...].starts(with: $0) }
        if matches { offset += word.utf8CodeUnitCount }
        return matches
    }

    private var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private func malformed(_ what: String) -> XMLTree.Malformed { XMLTree.Malformed(what: what, offset: offset) }
}
