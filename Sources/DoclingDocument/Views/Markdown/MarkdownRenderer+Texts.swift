extension MarkdownRenderer {
    /// A text item with the marks of its label.
    mutating func text(_ id: DocumentTree.ID, in scope: Scope) throws(DoclingDocumentError) -> Part {
        guard let item = tree.text(id) else { return Part() }
        try spend(bytes: item.text.utf8.count)
        let isCode = item.label == .code
        var raw = Array(item.text.utf8)
        // An item without text of its own and one inline group shows what the group holds.
        let inlineGroup = item.text.isEmpty && tree[id].children.count == 1 ? tree[id].children.first : nil
        var isFinished = false
        if let inlineGroup, tree[inlineGroup].kind == .inline {
            raw = try render(inlineGroup, in: Scope()).text
            isFinished = true
        }
        if item.label == .checkboxSelected { raw = Array("- [x] ".utf8) + raw }
        if item.label == .checkboxUnselected { raw = Array("- [ ] ".utf8) + raw }

        var text: [UInt8]
        switch item.label {
        case .listItem:
            if !isFinished { raw = decorated(lineBreaks(raw), item) }
            text = marked(raw, item, id)
            isFinished = true
        case .title, .sectionHeader:
            if !isFinished { raw = decorated(style == .plain ? raw : MarkdownText.spacedLines(raw), item) }
            text = style == .plain || scope.isCell ? raw : heading(raw, item)
            isFinished = true
        case .code:
            let isSpan = scope.isInline || item.hyperlink != nil
            text = style == .plain ? raw : isSpan ? MarkdownText.codeSpan(raw) : MarkdownText.codeBlock(raw)
        case .formula: text = formula(raw, item, scope)
        default: text = lineBreaks(raw)
        }

        var parts: [Part] = text.isEmpty ? [] : [Part(text, first: id)]
        if isCode {
            let caption = try captions(of: id, in: Scope(flattensTables: scope.flattensTables))
            if !caption.text.isEmpty { parts.append(caption) }
        }
        text = joined(parts.map(\.text), by: scope.isInline ? " " : "\n\n")
        if !isFinished { text = decorated(text, item, escapes: !isCode && item.label != .formula) }
        return Part(text, first: parts.lazy.compactMap(\.first).first)
    }

    private func heading(_ text: [UInt8], _ item: TextItem) -> [UInt8] {
        let level = item.label == .title ? 0 : item.level ?? 1
        return Array(repeating: UInt8(ascii: "#"), count: max(0, min(level, 5) + 1)) + [0x20] + text
    }

    private func formula(_ text: [UInt8], _ item: TextItem, _ scope: Scope) -> [UInt8] {
        if text.isEmpty {
            guard !item.orig.isEmpty else { return [] }
            return Array((style == .plain ? item.orig : "<!-- formula-not-decoded -->").utf8)
        }
        let sign = Array((scope.isInline ? "$" : "$$").utf8)
        return sign + text + sign
    }

    private func lineBreaks(_ text: [UInt8]) -> [UInt8] {
        style == .plain ? text : MarkdownText.hardLineBreaks(text)
    }

    /// Escapes a text and puts the marks of its formatting and its link around it.
    func decorated(_ text: [UInt8], _ item: TextItem? = nil, escapes: Bool = true) -> [UInt8] {
        var text = text
        if escapes, options.escapesUnderscores { text = MarkdownText.escapingUnderscores(text) }
        if escapes, options.escapesHTML { text = MarkdownText.escapingHTML(text) }
        guard style == .markdown, let item else { return text }
        func wrap(_ mark: String) { text = Array(mark.utf8) + text + Array(mark.utf8) }
        if let formatting = item.formatting {
            if formatting.bold { wrap("**") }
            if formatting.italic { wrap("*") }
            if formatting.strikethrough { wrap("~~") }
        }
        if let hyperlink = item.hyperlink, let destination = LinkDestination(hyperlink), destination.isSafe {
            text = [UInt8(ascii: "[")] + text + Array("](\(destination.markdown))".utf8)
        }
        return text
    }

    /// An item of a list behind its marker.
    ///
    /// Markdown knows `-`, `*`, `+` and `1.`; any other marker follows a `-` if it tells something, as `a)` does.
    private func marked(_ text: [UInt8], _ item: TextItem, _ id: DocumentTree.ID) -> [UInt8] {
        let marker = item.marker ?? "-"
        let isValid = MarkdownText.isListMarker(marker)
        var pieces: [[UInt8]] = []
        if !isValid {
            var mark = "-"
            if marker.isEmpty, let list = tree[id].parent, tree[list].kind == .list, let first = tree[list].children.first,
                let firstItem = tree.text(first), firstItem.label == .listItem, firstItem.enumerated == true
            {
                mark = "\(tree.positions[id] + 1)."
            }
            pieces.append(Array(mark.utf8))
        }
        if !marker.isEmpty, isValid || marker.unicodeScalars.contains(where: MarkdownText.isAlphanumeric) {
            pieces.append(Array(marker.utf8))
        }
        pieces.append(text)
        return joined(pieces, by: " ")
    }
}
