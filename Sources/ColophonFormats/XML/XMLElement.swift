/// An element with all that it holds, for parts that are easier to walk than to stream.
package final class XMLElement {
    /// How many elements a part may have before it counts as too large; each takes some hundred bytes.
    package static let countMax = 3_000_000

    package let name: XMLName
    package let attributes: XMLAttributes
    package private(set) var children: [XMLElement] = []
    /// The text between its own tags, without that of its children.
    package private(set) var text = ""

    private init(_ name: XMLName, _ attributes: XMLAttributes) {
        self.name = name
        self.attributes = attributes
    }

    /// The root of a part.
    ///
    /// - Throws: `damaged` for what is no XML, `tooLarge` for more than `countMax` elements.
    package static func root(of bytes: [UInt8], countMax: Int = countMax) throws(FormatFailure) -> XMLElement {
        var parser = try XMLPullParser(bytes)
        var open: [XMLElement] = []
        var root: XMLElement?
        var countLeft = countMax
        while let event = try parser.next() {
            switch event {
            case .start(let name, let attributes):
                countLeft -= 1
                guard countLeft >= 0 else { throw .tooLarge("a part has more than \(countMax) elements") }
                let element = XMLElement(name, attributes)
                open.last?.children.append(element)
                open.append(element)
            case .end: root = open.popLast()
            case .text(let text): open.last?.text += text
            }
        }
        guard let root else { throw .damaged("an XML part is empty") }
        return root
    }

    package subscript(attribute: String) -> String? { attributes[attribute] }

    func isNamed(_ space: XMLSpace, _ local: String) -> Bool { name.local == local && name.space == space }

    /// The first child of this name, whatever its namespace.
    func child(_ local: String) -> XMLElement? { children.first { $0.name.local == local } }

    /// The first element down a path of children.
    func descendant(_ path: String...) -> XMLElement? {
        var element: XMLElement? = self
        for local in path { element = element?.child(local) }
        return element
    }

    /// The children, and in place of alternatives those of the one to read: the first choice, which newer programs wrote.
    var effectiveChildren: [XMLElement] {
        guard children.contains(where: { $0.isNamed(.compatibility, "AlternateContent") }) else { return children }
        return children.flatMap { child in
            child.isNamed(.compatibility, "AlternateContent") ? (child.child("Choice") ?? child.child("Fallback"))?.children ?? [] : [child]
        }
    }

    /// Whether a property is on: `<b/>` and `<b val="1"/>`, but not `<b val="0"/>`; `nil` when it is not given.
    func isOn(_ local: String) -> Bool? {
        guard let property = child(local) else { return nil }
        return !["0", "false", "off", "none"].contains(property["val"] ?? "1")
    }
}
