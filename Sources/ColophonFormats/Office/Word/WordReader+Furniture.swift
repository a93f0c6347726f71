import DoclingDocument

extension WordReader {
    /// Adds the text of headers and footers, each text once, in the order of the sections.
    mutating func readFurniture(of body: XMLElement, package: inout OfficePackage) throws(FormatFailure) {
        var seen: Set<String> = []
        var references: [XMLElement] = []
        for child in body.children {
            let section = child.isNamed(.word, "sectPr") ? child : child.descendant("pPr", "sectPr")
            references += section?.children.filter { ["headerReference", "footerReference"].contains($0.name.local) } ?? []
        }
        let main = relationships
        defer { relationships = main }
        for reference in references {
            guard let id = reference.attributes[.relationships, "id"], let path = main[id]?.target, seen.insert(path).inserted,
                let root = try package.part(path)
            else { continue }
            relationships = try package.relationships(of: path)
            let isHeader = reference.name.local == "headerReference"
            let text = plainText(of: root).trimmed
            guard !text.isEmpty, seen.insert("\(isHeader) \(text)").inserted else { continue }
            try budget.spendItem()
            if isHeader { document.addPageHeader(text) } else { document.addPageFooter(text) }
        }
    }
}
