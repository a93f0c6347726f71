internal import DoclingDocument

extension HTMLFlow {
    mutating func addHeading(_ block: Block) throws(FormatFailure) {
        try flush()
        var line = InlineText()
        var blocks: [Block] = []
        gather(block, into: &line, blocks: &blocks)
        let runs = line.takeLine()
        // One without text, such as the picture of a title, ends the furniture too.
        writer.layer = .body
        if !runs.isEmpty { try writer.addHeading(runs, level: tag(block.node).headingLevel ?? 1) }
        for inner in blocks {
            try walk(inner)
            try flush()
        }
    }

    /// Adds the content of an element in a group of its own, in the layer given or the one that is set.
    mutating func addSection(_ block: Block, layer: ContentLayer?) throws(FormatFailure) {
        try flush()
        let outerLayer = writer.layer
        if let layer { writer.layer = layer }
        writer.open(try writer.addGroup(.section, name: tag(block.node).rawValue))
        try walkChildren(of: block)
        try flush()
        writer.close()
        if layer != nil { writer.layer = outerLayer }
    }

    mutating func addCode(_ block: Block) throws(FormatFailure) {
        try flush()
        var text: [UInt8] = []
        appendVerbatim(block.node, to: &text)
        if text.first == 0x0A { text.removeFirst() }
        while let last = text.last, last.isASCIISpace { text.removeLast() }
        guard !text.isEmpty else { return }
        try writer.addCode(text.string, language: language(of: block.node))
    }

    private func language(of node: Int) -> CodeLanguage {
        let own = CodeLanguageName.language(inClasses: tree.attribute(.class, of: node) ?? [])
        guard own == .unknown, let inner = tree.children(of: node).first(where: { tag($0) == .code }) else { return own }
        return CodeLanguageName.language(inClasses: tree.attribute(.class, of: inner) ?? [])
    }

    private func appendVerbatim(_ node: Int, to text: inout [UInt8]) {
        for child in tree.children(of: node) {
            switch tag(child) {
            case .text: text += tree.nodes[child].text.filter { $0 != 0x0D }
            case .br: text.append(0x0A)
            default: appendVerbatim(child, to: &text)
            }
        }
    }

    /// Of the elements of a form only boxes to tick show something of their own.
    mutating func addInput(_ block: Block) throws(FormatFailure) {
        guard let type = tree.attribute(.type, of: block.node)?.map(\.lowercasedASCII).string, type == "checkbox" || type == "radio" else {
            return
        }
        try flush()
        let label = tree.attribute(.ariaLabel, of: block.node) ?? []
        try writer.addCheckbox(line(of: label).plainText, isSelected: tree.attribute(.checked, of: block.node) != nil)
    }

    /// Adds the pictures of a figure with its caption, and what else it shows.
    mutating func addFigure(_ block: Block) throws(FormatFailure) {
        try flush()
        let outerCaption = figureCaption
        figureCaption = []
        if let caption = tree.children(of: block.node).first(where: { tag($0) == .figcaption }) {
            var line = InlineText()
            var blocks: [Block] = []
            gather(Block(node: caption, style: block.style), into: &line, blocks: &blocks)
            figureCaption = line.takeLine()
        }
        for child in tree.children(of: block.node) where tag(child) != .figcaption {
            try walk(Block(node: child, style: block.style))
        }
        try flush()
        // A caption of neither a picture nor a table is a paragraph.
        try writer.addParagraph(takeFigureCaption())
        figureCaption = outerCaption
    }

    /// Adds a picture; its caption is that of the figure around it, else what the page says in place of the picture.
    mutating func addPicture(_ block: Block) throws(FormatFailure) {
        var caption = takeFigureCaption()
        if caption.isEmpty {
            caption = line(of: tree.attribute(.alt, of: block.node) ?? [], style: InlineStyle(hyperlink: block.style.hyperlink))
        }
        try writer.addPicture(caption: caption)
    }

    mutating func takeFigureCaption() -> [InlineRun] {
        defer { figureCaption = [] }
        return figureCaption
    }

    private func line(of text: [UInt8], style: InlineStyle = InlineStyle()) -> [InlineRun] {
        var line = InlineText()
        line.append(text, style: style)
        return line.takeLine()
    }
}
