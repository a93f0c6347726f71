// Adding items: each method numbers the new item, appends it to its parent's children (the body's by default) and
// returns the reference that later calls take as their parent. A parent must be a node of the same document, which
// the methods check as a precondition. Cost: O(1) each.
extension DoclingDocument {
    /// Adds a piece of text under any label; the members that only some labels have get their defaults.
    ///
    /// - Parameters:
    ///   - orig: The text as the source has it; the same as `text` when `nil`.
    ///   - prov: Where the text was found, one entry for each page or column it runs over.
    @discardableResult
    public mutating func addText(
        _ text: String, label: DocItemLabel = .text, orig: String? = nil, prov: [Provenance] = [], parent: Reference? = nil,
        layer: ContentLayer = .body, formatting: Formatting? = nil, hyperlink: String? = nil
    ) -> Reference {
        var item = TextItem(selfRef: "#/texts/\(texts.count)", label: label, text: text, orig: orig)
        item.formatting = formatting
        item.hyperlink = hyperlink
        return add(item, parent: parent, prov: prov, layer: layer)
    }

    @discardableResult
    public mutating func addTitle(
        _ text: String, orig: String? = nil, prov: [Provenance] = [], parent: Reference? = nil, formatting: Formatting? = nil
    ) -> Reference {
        addText(text, label: .title, orig: orig, prov: prov, parent: parent, formatting: formatting)
    }

    /// - Parameter level: From 1, the level below the title, to 100.
    @discardableResult
    public mutating func addHeading(
        _ text: String, level: Int, orig: String? = nil, prov: [Provenance] = [], parent: Reference? = nil, formatting: Formatting? = nil
    ) -> Reference {
        precondition((1...100).contains(level), "the level of a heading lies between 1 and 100")
        var item = TextItem(selfRef: "#/texts/\(texts.count)", label: .sectionHeader, text: text, orig: orig)
        item.level = level
        item.formatting = formatting
        return add(item, parent: parent, prov: prov, layer: .body)
    }

    /// - Parameters:
    ///   - list: What `addList` returned.
    ///   - enumerated: Whether the item is numbered.
    ///   - marker: The bullet or number as the source has it, such as `•` or `2.`; when empty, the views make one.
    @discardableResult
    public mutating func addListItem(
        _ text: String, in list: Reference, enumerated: Bool = false, marker: String = "", orig: String? = nil, prov: [Provenance] = [],
        formatting: Formatting? = nil, hyperlink: String? = nil
    ) -> Reference {
        guard let path = path(of: list), path.list == .groups, groups[path.index].isList else {
            preconditionFailure("an item of a list belongs into a list")
        }
        var item = TextItem(selfRef: "#/texts/\(texts.count)", label: .listItem, text: text, orig: orig)
        item.enumerated = enumerated
        item.marker = marker
        item.formatting = formatting
        item.hyperlink = hyperlink
        return add(item, parent: list, prov: prov, layer: .body)
    }

    @discardableResult
    public mutating func addCode(
        _ text: String, language: CodeLanguage = .unknown, orig: String? = nil, prov: [Provenance] = [], parent: Reference? = nil
    ) -> Reference {
        var item = TextItem(selfRef: "#/texts/\(texts.count)", label: .code, text: text, orig: orig)
        item.codeLanguage = language
        return add(item, parent: parent, prov: prov, layer: .body)
    }

    /// - Parameters:
    ///   - latex: Empty when the formula was found but not read.
    ///   - orig: The characters found on the page.
    @discardableResult
    public mutating func addFormula(_ latex: String, orig: String? = nil, prov: [Provenance] = [], parent: Reference? = nil) -> Reference {
        addText(latex, label: .formula, orig: orig, prov: prov, parent: parent)
    }

    /// Adds a line that repeats at the head of pages, outside the body.
    @discardableResult
    public mutating func addPageHeader(_ text: String, prov: [Provenance] = []) -> Reference {
        addText(text, label: .pageHeader, prov: prov, layer: .furniture)
    }

    /// Adds a line that repeats at the foot of pages, outside the body.
    @discardableResult
    public mutating func addPageFooter(_ text: String, prov: [Provenance] = []) -> Reference {
        addText(text, label: .pageFooter, prov: prov, layer: .furniture)
    }

    /// Adds a footnote that belongs to no table or picture.
    @discardableResult
    public mutating func addFootnote(_ text: String, prov: [Provenance] = [], parent: Reference? = nil) -> Reference {
        addText(text, label: .footnote, prov: prov, parent: parent)
    }

    private mutating func add(_ item: TextItem, parent: Reference?, prov: [Provenance], layer: ContentLayer) -> Reference {
        var item = item
        wire(&item, parent: parent, prov: prov, layer: layer)
        let reference = Reference(item.selfRef)
        append(reference, to: item.parent ?? reference)
        texts.append(item)
        return reference
    }
}
