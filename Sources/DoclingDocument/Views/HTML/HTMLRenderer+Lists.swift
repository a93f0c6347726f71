extension HTMLRenderer {
    mutating func list(_ id: DocumentTree.ID) throws(DoclingDocumentError) {
        let isOrdered = tree[id].children.first.flatMap { tree.text($0)?.enumerated } ?? false
        let start = output.count
        tag(isOrdered ? "<ol>\n" : "<ul>\n")
        let empty = output.count
        for child in tree[id].children {
            let before = output.count
            if let item = tree.text(child), item.label == .listItem, selection.layers.contains(tree[child].layer),
                !selection.excluded.contains(child)
            {
                guard markVisited(child) else { continue }
                try listItem(child, item, isOrdered: isOrdered)
            } else {
                tag("<li>")
                let opened = output.count
                try node(child)
                if output.count == opened { truncate(to: before) } else { tag("</li>\n") }
            }
        }
        if output.count == empty { truncate(to: start) } else { tag(isOrdered ? "</ol>\n" : "</ul>\n") }
    }

    /// An item with what lies below it, such as inner lists.
    mutating func listItem(_ id: DocumentTree.ID, _ item: TextItem, isOrdered: Bool = false) throws(DoclingDocumentError) {
        let marker = item.marker ?? ""
        if isOrdered, marker.last == ".", let number = Int(marker.dropLast()) {
            tag("<li value=\"\(number)\" dir=\"auto\">")
        } else {
            tag("<li dir=\"auto\">")
            // Bullets are the browser's business; a letter or number tells something.
            if marker.unicodeScalars.contains(where: MarkdownText.isAlphanumeric) {
                text(marker)
                tag(" ")
            }
        }
        try content(id, item)
        try children(of: id)
        tag("</li>\n")
    }
}
