/// The paragraph and character styles of a document, as far as they tell what a paragraph is.
struct WordStyles {
    /// What a paragraph's style makes of it.
    enum Role: Equatable {
        case title
        /// From 1 to `levelMax`.
        case heading(level: Int)
        case other
    }

    struct Style {
        var name = ""
        var basedOn: String?
        var outlineLevel: Int?
        var list: WordListPlace?
        var bold: Bool?
        var italic: Bool?
    }

    static let levelMax = 9
    /// How far styles are followed to those they build on; longer chains are circles or mistakes.
    private static let chainMax = 32

    private var styles: [String: Style] = [:]
    private var defaultParagraph: String?

    init(_ root: XMLElement?) {
        for element in root?.children ?? [] where element.isNamed(.word, "style") {
            guard let id = element["styleId"] else { continue }
            let properties = element.child("pPr")
            let run = element.child("rPr")
            styles[id] = Style(
                name: element.child("name")?["val"]?.lowercased() ?? "", basedOn: element.child("basedOn")?["val"],
                outlineLevel: Self.outlineLevel(properties), list: properties?.child("numPr").flatMap(WordListPlace.init),
                bold: run?.isOn("b"), italic: run?.isOn("i"))
            if element["type"] == "paragraph", element["default"] == "1" || element["default"] == "true" { defaultParagraph = id }
        }
    }

    /// What a paragraph is by its style, the nearest in the chain that says so.
    func role(of id: String?) -> Role {
        let chain = chain(from: id ?? defaultParagraph)
        for (index, style) in chain.enumerated() {
            if style.name == "title" { return .title }
            guard style.name.contains("heading") else {
                // An outline level alone makes a heading, as it does in Word's own outline; 9 means body text.
                if let level = style.outlineLevel { return level < Self.levelMax ? .heading(level: level + 1) : .other }
                continue
            }
            let level = chain[index...].lazy.compactMap(\.outlineLevel).first.map { $0 + 1 } ?? Self.digits(in: style.name)
            guard let level, level <= Self.levelMax else { continue }
            return .heading(level: max(level, 1))
        }
        return .other
    }

    func list(of id: String?) -> WordListPlace? { chain(from: id ?? defaultParagraph).lazy.compactMap(\.list).first }

    func isBold(_ id: String?) -> Bool? { chain(from: id).lazy.compactMap(\.bold).first }
    func isItalic(_ id: String?) -> Bool? { chain(from: id).lazy.compactMap(\.italic).first }

    private func chain(from id: String?) -> [Style] {
        var chain: [Style] = []
        var id = id
        while let current = id, chain.count < Self.chainMax, let style = styles[current] {
            chain.append(style)
            id = style.basedOn
        }
        return chain
    }

    /// From 0; `levelMax` stands for body text.
    private static func outlineLevel(_ properties: XMLElement?) -> Int? {
        guard let level = properties?.child("outlineLvl")?.attributes.integer("val"), (0...levelMax).contains(level) else { return nil }
        return level
    }

    private static func digits(in name: String) -> Int? { Int(name.filter(\.isNumber)) }
}
