/// Reads XML 1.0 with namespaces piece by piece, as office files use it.
///
/// It knows the five predefined entities and references to characters, and refuses every other entity and every internal
/// subset of a DOCTYPE, so that nothing expands and nothing outside is read. It checks that tags pair up, not every rule of
/// the standard. Cost: O(n) in time; in memory the depth times the names and namespaces in scope.
package struct XMLPullParser {
    package static let depthMax = 256
    private static let bindingsMax = 1_000

    let bytes: [UInt8]
    var position = 0
    private var open: [(start: Range<Int>, name: XMLName, bindingCount: Int)] = []
    private var spaces: [String: XMLSpace] = [:]
    /// What each declaration hid, so that the end of its element brings it back.
    private var hidden: [(prefix: String, space: XMLSpace?)] = []
    private var pendingEnd: XMLName?
    private var hasRoot = false

    /// - Throws: `damaged` when the bytes begin like UTF-16 but are not.
    package init(_ bytes: [UInt8]) throws(FormatFailure) {
        self.bytes = try XMLEncoding.utf8(bytes)
    }

    /// The next piece; `nil` at the end of a whole document.
    package mutating func next() throws(FormatFailure) -> XMLEvent? {
        if let name = pendingEnd {
            pendingEnd = nil
            close()
            return .end(name)
        }
        while position < bytes.count {
            guard bytes[position] == UInt8(ascii: "<") else {
                let text = try readText()
                if !open.isEmpty { return .text(text) }
                guard text.utf8.allSatisfy(Self.isSpace) else { throw .damaged("an XML part has text outside of its root") }
                continue
            }
            switch position + 1 < bytes.count ? bytes[position + 1] : 0 {
            case UInt8(ascii: "?"): try skip(past: "?>")
            case UInt8(ascii: "!"):
                if let text = try readDeclaration() { return .text(text) }
            case UInt8(ascii: "/"): return try readEnd()
            default: return try readStart()
            }
        }
        guard open.isEmpty, hasRoot else { throw .damaged("an XML part was cut off") }
        return nil
    }

    private mutating func readDeclaration() throws(FormatFailure) -> String? {
        if starts("<!--") {
            position += 4
            try skip(past: "-->")
        } else if starts("<![CDATA["), !open.isEmpty {
            let start = position + 9
            try skip(past: "]]>")
            return XMLEncoding.text(bytes[start..<(position - 3)])
        } else if starts("<!DOCTYPE"), !hasRoot {
            while position < bytes.count, bytes[position] != UInt8(ascii: ">") {
                if bytes[position] == UInt8(ascii: "[") { throw .damaged("an XML part declares entities of its own") }
                position += 1
            }
            position += 1
        } else {
            throw .damaged("an XML part is not well formed")
        }
        return nil
    }

    private mutating func readStart() throws(FormatFailure) -> XMLEvent {
        guard open.count < Self.depthMax else { throw .damaged("an XML part is nested too deeply") }
        guard !(open.isEmpty && hasRoot) else { throw .damaged("an XML part has two roots") }
        hasRoot = true
        position += 1
        let start = try readName()
        let (raw, isEmpty) = try readAttributes()
        let bindingCount = hidden.count
        for attribute in raw where attribute.prefix == "xmlns" || attribute.prefix.isEmpty && attribute.local == "xmlns" {
            guard hidden.count < Self.bindingsMax else { throw .damaged("an XML part declares too many namespaces") }
            let prefix = attribute.prefix.isEmpty ? "" : attribute.local
            hidden.append((prefix, spaces.updateValue(XMLSpace(uri: attribute.value), forKey: prefix)))
        }
        var attributes = XMLAttributes()
        for attribute in raw where attribute.prefix != "xmlns" && !(attribute.prefix.isEmpty && attribute.local == "xmlns") {
            let space = attribute.prefix.isEmpty ? .none : spaces[attribute.prefix] ?? .other
            attributes.all.append((XMLName(space, attribute.local), attribute.value))
        }
        let (prefix, local) = split(start)
        let name = XMLName(spaces[prefix] ?? (prefix.isEmpty ? .none : .other), local)
        open.append((start, name, bindingCount))
        if isEmpty { pendingEnd = name }
        return .start(name, attributes)
    }

    private mutating func readEnd() throws(FormatFailure) -> XMLEvent {
        position += 2
        let range = try readName()
        skipSpace()
        guard position < bytes.count, bytes[position] == UInt8(ascii: ">"), let last = open.last,
            bytes[last.start].elementsEqual(bytes[range])
        else { throw .damaged("the tags of an XML part do not pair up") }
        position += 1
        close()
        return .end(last.name)
    }

    private mutating func close() {
        guard let last = open.popLast() else { return }
        while hidden.count > last.bindingCount, let binding = hidden.popLast() { spaces[binding.prefix] = binding.space }
    }
}
