/// A piece of the source of a page.
enum HTMLToken {
    /// Text, its references to characters replaced.
    case text([UInt8])
    case start(HTMLTag, [HTMLAttribute], isSelfClosing: Bool)
    case end(HTMLTag)
}

/// An attribute that the reader looks at; all others are not kept.
struct HTMLAttribute {
    var name: Name
    /// Its references to characters replaced; empty when the source gives no value.
    var value: [UInt8]

    enum Name: String, CaseIterable {
        case alt, checked, `class`, colspan, hidden, href, role, rowspan, scope, selected, start, style, type, value
        case ariaHidden = "aria-hidden"
        case ariaLabel = "aria-label"

        static let byName: [String: Name] = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })
    }
}
