/// What a slide inherits from its layout and master.
struct SlideDesign {
    private var layout: [(placeholder: SlidePlaceholder, shape: XMLElement)] = []
    private var master: [(placeholder: SlidePlaceholder, shape: XMLElement)] = []
    private var textStyles: XMLElement?

    init() {}

    init(layout: XMLElement?, master: XMLElement?) {
        self.layout = Self.placeholders(of: layout)
        self.master = Self.placeholders(of: master)
        textStyles = master?.child("txStyles")
    }

    /// No layout has more; so looking them up costs O(1).
    private static let placeholdersMax = 100

    private static func placeholders(of root: XMLElement?) -> [(placeholder: SlidePlaceholder, shape: XMLElement)] {
        (root?.descendant("cSld", "spTree")?.effectiveChildren ?? []).prefix(placeholdersMax).compactMap { shape in
            SlidePlaceholder(of: shape).map { ($0, shape) }
        }
    }

    /// The shapes that a placeholder builds on, the nearest first.
    func bases(of placeholder: SlidePlaceholder) -> [XMLElement] {
        let inLayout =
            layout.first { $0.placeholder.index == placeholder.index } ?? layout.first { $0.placeholder.kind == placeholder.kind }
        // A master has one placeholder of each kind.
        let kind = inLayout?.placeholder.kind ?? placeholder.kind
        return [inLayout?.shape, master.first { $0.placeholder.kind == kind }?.shape].compactMap { $0 }
    }

    /// The style of the master for a kind of text.
    func textStyle(of placeholder: SlidePlaceholder?) -> XMLElement? {
        switch placeholder?.kind {
        case "title": textStyles?.child("titleStyle")
        case "body": textStyles?.child("bodyStyle")
        default: textStyles?.child("otherStyle")
        }
    }
}

/// The role of a shape in the layout of its slide.
struct SlidePlaceholder {
    /// Such as `ctrTitle`; `obj` when it does not say.
    var type: String
    var index: Int

    /// - Returns: `nil` for shapes of their own.
    init?(of shape: XMLElement) {
        guard let holder = shape.children.first(where: { $0.name.local.hasPrefix("nv") })?.descendant("nvPr", "ph") else { return nil }
        type = holder["type"] ?? "obj"
        index = holder.attributes.integer("idx") ?? 0
    }

    /// The type of the placeholder of the master that it goes back to.
    var kind: String {
        switch type {
        case "title", "ctrTitle": "title"
        case "dt", "ftr", "sldNum", "hdr": type
        default: "body"
        }
    }
}
