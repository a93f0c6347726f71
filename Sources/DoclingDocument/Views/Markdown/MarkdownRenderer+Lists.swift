extension MarkdownRenderer {
    /// A list, one line to an item; lists within it are indented by four spaces a level.
    mutating func list(_ id: DocumentTree.ID, in scope: Scope) throws(DoclingDocumentError) -> Part {
        var parts: [Part] = []
        var inner = scope
        inner.listLevel += 1
        for part in try self.parts(below: id, root: id, in: inner) {
            // A run of inline items continues the line of the item before it.
            if !parts.isEmpty, let first = part.first, let parent = tree[first].parent, tree[parent].kind == .inline {
                parts[parts.count - 1].text += part.text
                if parts[parts.count - 1].first == nil { parts[parts.count - 1].first = first }
            } else {
                parts.append(part)
            }
        }
        var text: [UInt8] = []
        let indent = [UInt8](repeating: 0x20, count: 4 * scope.listLevel)
        for (index, part) in parts.enumerated() {
            if index > 0 {
                let separator = part.isPageBreak || parts[index - 1].isPageBreak ? "\n\n" : "\n"
                text.append(contentsOf: separator.utf8)
            }
            // The parts of an inner list carry their indent already.
            if part.text.first != 0x20 { text.append(contentsOf: indent) }
            text.append(contentsOf: part.text)
        }
        try spend(bytes: indent.count * parts.count)
        return Part(text, first: parts.lazy.compactMap(\.first).first)
    }
}
