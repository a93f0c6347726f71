import DoclingDocument

// The walk over paragraphs, tables and what wraps them.
extension WordReader {
    mutating func readBlocks(of element: XMLElement) throws(FormatFailure) {
        for child in element.effectiveChildren {
            switch (child.name.space, child.name.local) {
            case (.word, "p"): try readParagraph(child)
            case (.word, "tbl"): try readTable(child)
            case (.word, "sdt"):
                if let content = child.child("sdtContent") { try readBlocks(of: content) }
            case (.word, "customXml"), (.word, "ins"), (.word, "moveTo"), (.word, "smartTag"): try readBlocks(of: child)
            default: break
            }
        }
    }

    func paragraph(_ element: XMLElement) -> WordParagraph {
        WordParagraphReader(element, styles: styles, relationships: relationships).paragraph
    }

    private mutating func readParagraph(_ element: XMLElement) throws(FormatFailure) {
        let properties = element.child("pPr")
        let paragraph = paragraph(element)
        try addFloating(of: paragraph)
        let style = properties?.child("pStyle")?["val"]
        let text = paragraph.text
        let role = text.isEmpty ? .other : role(of: style, properties)
        var place = properties?.child("numPr").flatMap(WordListPlace.init) ?? styles.list(of: style)
        if place?.list == 0 { place = nil }
        switch role {
        case .title: try addTitle(text)
        case .heading(let level): try addHeading(text, level: level, isNumbered: place.map(numbering.isNumbered) ?? false)
        case .other:
            if let place {
                try addListItem(paragraph, at: place)
            } else {
                lists = []
                if !(text.isEmpty && paragraph.hasDrawing) { try addText(paragraph) }
            }
        }
        try addNotes(paragraph.notes)
    }

    /// A level set on the paragraph itself counts where its style makes no heading of it.
    private func role(of style: String?, _ properties: XMLElement?) -> WordStyles.Role {
        let role = styles.role(of: style)
        guard role == .other, let level = properties?.child("outlineLvl")?.attributes.integer("val"),
            (0..<WordStyles.levelMax).contains(level)
        else { return role }
        return .heading(level: level + 1)
    }

    /// Adds text boxes and pictures before the paragraph that anchors them.
    private mutating func addFloating(of paragraph: WordParagraph) throws(FormatFailure) {
        for box in paragraph.textBoxes {
            _ = try readContent(of: box, in: document.addGroup(.section, name: "textbox", parent: parent))
        }
        for _ in 0..<paragraph.pictureCount {
            try budget.spendItem()
            document.addPicture(parent: parent)
        }
    }

    private mutating func addText(_ paragraph: WordParagraph) throws(FormatFailure) {
        let label: DocItemLabel = paragraph.isChecked.map { $0 ? .checkboxSelected : .checkboxUnselected } ?? .text
        let pieces = paragraph.pieces
        guard !pieces.isEmpty else {
            try budget.spendItem()
            document.addText("", parent: parent)
            return
        }
        try addPieces(pieces, label: label, parent: parent)
    }

    /// Adds the pieces of a paragraph, in a group that runs on in one line when they are several.
    mutating func addPieces(_ pieces: [WordParagraph.Span], label: DocItemLabel, parent: Reference?) throws(FormatFailure) {
        var parent = parent
        if pieces.count > 1, !pieces.allSatisfy(\.isFormula) {
            try budget.spendItem()
            parent = document.addInlineGroup(parent: parent)
        }
        for piece in pieces {
            try budget.spendItem()
            if piece.isFormula {
                document.addFormula(piece.text, parent: parent)
            } else {
                document.addText(piece.text, label: label, parent: parent, formatting: piece.formatting, hyperlink: piece.hyperlink)
            }
        }
    }
}
