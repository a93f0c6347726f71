/// A paragraph of a shape: its text and what it says about itself.
struct SlideParagraph {
    static let levelMax = 8

    /// Line breaks count as white space, as in docling.
    private(set) var text = ""
    /// Where all of it links to.
    private(set) var hyperlink: String?
    /// From 0 to `levelMax`.
    let level: Int
    let properties: XMLElement?
    private var hasPlainText = false

    init(_ element: XMLElement, relationships: [String: OfficePackage.Relationship]) {
        properties = element.child("pPr")
        level = min(max(properties?.attributes.integer("lvl") ?? 0, 0), Self.levelMax)
        for child in element.effectiveChildren {
            switch child.name.local {
            case "r", "fld":
                guard let run = child.child("t")?.text, !run.isEmpty else { continue }
                text += run
                let link = child.descendant("rPr", "hlinkClick")?.attributes[.relationships, "id"].flatMap { relationships[$0] }
                if let link, link.isExternal, hyperlink == nil || hyperlink == link.target {
                    hyperlink = link.target
                } else {
                    hasPlainText = true
                }
            case "br": text += " "
            default: text += Self.mathText(child)
            }
        }
        if hasPlainText { hyperlink = nil }
    }

    private static func mathText(_ element: XMLElement) -> String {
        element.isNamed(.math, "t") ? element.text : element.children.map(mathText).joined()
    }
}

/// What stands before a paragraph.
enum SlideBullet: Equatable {
    case none, character
    case number(type: String, start: Int)

    /// - Returns: `nil` when the properties leave it to those they build on.
    init?(_ properties: XMLElement?) {
        for child in properties?.children ?? [] {
            switch child.name.local {
            case "buNone": self = .none
            case "buChar", "buBlip": self = .character
            case "buAutoNum": self = .number(type: child["type"] ?? "", start: child.attributes.integer("startAt") ?? 1)
            default: continue
            }
            return
        }
        return nil
    }

    /// The marker of an item, such as `b)`; empty for bullets.
    func marker(_ number: Int) -> String {
        guard case .number(let type, _) = self else { return "" }
        let forms = [
            ("arabic", "decimal"), ("alphaLc", "lowerLetter"), ("alphaUc", "upperLetter"), ("romanLc", "lowerRoman"),
            ("romanUc", "upperRoman"),
        ]
        let form = forms.first { type.hasPrefix($0.0) }?.1 ?? ""
        let text = NumberFormat(rawValue: form).text(number)
        if type.hasSuffix("ParenBoth") { return "(\(text))" }
        return type.hasSuffix("ParenR") ? "\(text))" : type.hasSuffix("Plain") ? text : "\(text)."
    }
}
