/// Markup that is safe to send: text put into it is escaped, and only this program's own literals are taken as they are.
struct HTML: Sendable, Equatable {
    private(set) var text: String

    /// Nothing.
    init() { text = "" }

    /// Text that may come from anybody.
    init(_ plain: some StringProtocol) { text = Self.escaped(plain) }

    /// Markup that stands in the source code.
    init(literal: StaticString) { text = "\(literal)" }

    /// Elements without content or end.
    private static let void: Set<String> = ["br", "img", "input", "link", "meta"]

    fileprivate init(name: StaticString, attributes: KeyValuePairs<StaticString, String?>, content: HTML) {
        var text = "<\(name)"
        for (name, value) in attributes {
            guard let value else { continue }
            text += value.isEmpty ? " \(name)" : " \(name)=\"\(Self.escaped(value))\""
        }
        self.text = Self.void.contains("\(name)") ? text + ">" : text + ">\(content.text)</\(name)>"
    }

    static func + (left: Self, right: Self) -> Self {
        var sum = left
        sum.text += right.text
        return sum
    }

    /// The five characters that end text or an attribute's value, and NUL, which no parser of HTML lets through.
    private static func escaped(_ plain: some StringProtocol) -> String {
        var text = ""
        text.reserveCapacity(plain.utf8.count)
        for scalar in plain.unicodeScalars {
            switch scalar {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\"": text += "&quot;"
            case "'": text += "&#39;"
            case "\0": text += "\u{FFFD}"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}

/// An element; an attribute whose value is nil is left out, one whose value is empty stands alone.
func element(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String?> = [:], @HTMLBuilder _ content: () -> HTML = { HTML() }
) -> HTML {
    HTML(name: name, attributes: attributes, content: content())
}

extension Bool {
    /// As an attribute that is there or not.
    var attribute: String? { self ? "" : nil }
}
