extension HTMLRenderer {
    /// A text item as a block, then what lies below it.
    mutating func block(_ id: DocumentTree.ID) throws(DoclingDocumentError) {
        guard let item = tree.text(id) else { return }
        switch item.label {
        case .title: try element("h1", item, id)
        case .sectionHeader: try element("h\(max(2, min(item.level ?? 1, 5) + 1))", item, id)
        case .code:
            tag("<figure><pre><code\(HTMLRenderer.languageClass(item.codeLanguage))>")
            text(item.text)
            tag("</code></pre>\n")
            try captions(of: id, in: "figcaption")
            tag("</figure>\n")
            try footnotes(of: id)
        case .formula:
            tag("<p class=\"formula\"><code>")
            text(item.text.isEmpty ? item.orig : item.text)
            tag("</code></p>\n")
        case .footnote: try element("p", item, id, attributes: " class=\"footnote\"")
        case .listItem:
            tag("<ul>\n")
            try listItem(id, item)
            tag("</ul>\n")
            return
        default: try element("p", item, id)
        }
        try children(of: id)
    }

    private mutating func element(_ name: String, _ item: TextItem, _ id: DocumentTree.ID, attributes: String = "")
        throws(DoclingDocumentError)
    {
        guard !item.text.isEmpty || inlineContent(of: id, item) != nil else { return }
        tag("<\(name)\(attributes) dir=\"auto\">")
        if item.label == .checkboxSelected { tag("<input type=\"checkbox\" checked disabled> ") }
        if item.label == .checkboxUnselected { tag("<input type=\"checkbox\" disabled> ") }
        try content(id, item)
        tag("</\(name)>\n")
    }

    /// The text of an item, or of the inline group that stands for it.
    mutating func content(_ id: DocumentTree.ID, _ item: TextItem) throws(DoclingDocumentError) {
        if let group = inlineContent(of: id, item) { try inlineNode(group) } else { inline(item) }
    }

    private func inlineContent(of id: DocumentTree.ID, _ item: TextItem) -> DocumentTree.ID? {
        guard item.text.isEmpty, let first = tree[id].children.first, tree[first].kind == .inline else { return nil }
        return first
    }

    /// An inline group as a paragraph, or as a division where it holds more than texts.
    mutating func inlineGroup(_ id: DocumentTree.ID) throws(DoclingDocumentError) {
        tag("<p dir=\"auto\">")
        for child in tree[id].children { try inlineNode(child) }
        tag("</p>\n")
        // Blocks cannot lie in a paragraph: they follow it.
        try children(of: id)
    }

    /// Shows what can stand in a line of a node and below it; blocks are left for later.
    mutating func inlineNode(_ id: DocumentTree.ID) throws(DoclingDocumentError) {
        let isShown = selection.layers.contains(tree[id].layer) && !selection.excluded.contains(id)
        switch tree[id].kind {
        case .inline:
            guard markVisited(id) else { return }
            for child in tree[id].children { try inlineNode(child) }
        case .text where isShown && !selection.captions.contains(id) && !selection.footnotes.contains(id):
            guard let item = tree.text(id), item.label != .listItem, markVisited(id) else { return }
            if item.label == .code || item.label == .formula {
                tag("<code>")
                text(item.text.isEmpty ? item.orig : item.text)
                tag("</code>")
            } else {
                inline(item)
            }
            tag(" ")
            for child in tree[id].children { try inlineNode(child) }
        default: break
        }
    }

    /// The text of an item with its formatting and its link.
    mutating func inline(_ item: TextItem) {
        var ends: [String] = []
        func open(_ name: String, _ renderer: inout HTMLRenderer) {
            renderer.tag("<\(name)>")
            ends.append("</\(name)>")
        }
        if let hyperlink = item.hyperlink, let target = HTMLRenderer.linkTarget(hyperlink) {
            tag("<a href=\"")
            text(target)
            tag("\" rel=\"noopener noreferrer nofollow\">")
            ends.append("</a>")
        }
        if let formatting = item.formatting {
            if formatting.bold { open("strong", &self) }
            if formatting.italic { open("em", &self) }
            if formatting.underline { open("u", &self) }
            if formatting.strikethrough { open("s", &self) }
            if formatting.script == .sub { open("sub", &self) }
            if formatting.script == .super { open("sup", &self) }
        }
        text(item.text, breaksLines: true)
        for end in ends.reversed() { tag(end) }
    }

    /// A link that may be followed from a page of ours: one to another site, or to a place of the page itself.
    ///
    /// A relative link would lead into the server that shows the page, so it is shown as text alone.
    static func linkTarget(_ hyperlink: String) -> String? {
        guard let destination = LinkDestination(hyperlink), destination.isSafe else { return nil }
        let uri = destination.uri
        if uri.hasPrefix("#") { return uri }
        let schemes = ["http:", "https:", "ftp:", "mailto:", "tel:"]
        return schemes.contains(where: uri.hasPrefix) ? uri : nil
    }

    private static func languageClass(_ language: CodeLanguage?) -> String {
        guard let name = language?.rawValue, name != CodeLanguage.unknown.rawValue else { return "" }
        let safe = name.lowercased().replacing("+", with: "p").replacing("#", with: "sharp").unicodeScalars.filter {
            (0x61...0x7A).contains($0.value) || (0x30...0x39).contains($0.value)
        }
        return safe.isEmpty ? "" : " class=\"language-\(String(String.UnicodeScalarView(safe.prefix(32))))\""
    }
}
