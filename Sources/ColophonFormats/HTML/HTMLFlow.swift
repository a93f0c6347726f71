internal import DoclingDocument

/// Walks the tree of a page and writes its paragraphs, lists, tables and pictures in order.
///
/// The walk visits each node once, apart from the cells of tables, whose text is gathered beside their rich content.
struct HTMLFlow {
    let tree: HTMLTree
    var writer: FlowWriter
    /// The paragraph that is being gathered.
    var inline = InlineText()
    /// The pictures in that paragraph, which follow it.
    var pictures: [Block] = []
    /// The caption of the figure that is open, until a picture or a table takes it.
    var figureCaption: [InlineRun] = []
    /// How many tables are open, those for layout too.
    var openTables = 0
    /// How many of them have cells.
    var tableDepth = 0

    /// A node and the style that the elements around it set.
    struct Block {
        var node: Int
        var style: InlineStyle
    }

    init(tree: HTMLTree, writer: FlowWriter) {
        self.tree = tree
        self.writer = writer
    }

    mutating func read() throws(FormatFailure) {
        try walkChildren(of: Block(node: 0, style: InlineStyle()))
        try flush()
    }

    func tag(_ node: Int) -> HTMLTag { tree.nodes[node].tag }

    mutating func walkChildren(of block: Block) throws(FormatFailure) {
        for child in tree.children(of: block.node) { try walk(Block(node: child, style: block.style)) }
    }

    mutating func walk(_ block: Block) throws(FormatFailure) {
        switch tag(block.node) {
        case .text: inline.append(tree.nodes[block.node].text, style: block.style)
        case .br: inline.appendLineBreak()
        case .img:
            if inline.isEmpty { try addPicture(block) } else { pictures.append(block) }
        case .input: try addInput(block)
        case .option where tree.attribute(.selected, of: block.node) == nil: return
        case .ul, .ol, .menu, .dir: try addList(block)
        case .dl: try addDescriptionList(block)
        case .table: try addTable(block)
        case .pre, .listing, .xmp, .plaintext: try addCode(block)
        case .figure: try addFigure(block)
        case .details: try addSection(block, layer: nil)
        case .footer: try addSection(block, layer: .furniture)
        case .td where tableDepth > 0, .th where tableDepth > 0:
            inline.appendSpace()
            try walkChildren(of: block)
        case let tag where tag.headingLevel != nil: try addHeading(block)
        case let tag where tag.isBlock:
            try flush()
            try walkChildren(of: block)
            try flush()
        default: try walkChildren(of: styled(block))
        }
    }

    /// Ends the paragraph.
    mutating func flush() throws(FormatFailure) {
        for runs in inline.take() { try writer.addParagraph(runs) }
        guard !pictures.isEmpty else { return }
        let waiting = pictures
        pictures = []
        for picture in waiting { try addPicture(picture) }
    }

    /// The element with the style that it sets for its content.
    func styled(_ block: Block) -> Block {
        let tag = tag(block.node)
        if let marks = tag.marks { return Block(node: block.node, style: block.style.adding(marks)) }
        guard tag == .a, let target = tree.attribute(.href, of: block.node)?.trimmed, !target.isEmpty else { return block }
        return Block(node: block.node, style: InlineStyle(marks: block.style.marks, hyperlink: target.string))
    }

    /// Gathers the text of an element as one line; what cannot stand in a line is put aside in `blocks`.
    func gather(_ block: Block, into line: inout InlineText, blocks: inout [Block]) {
        for child in tree.children(of: block.node) {
            let tag = tag(child)
            let inner = Block(node: child, style: block.style)
            switch tag {
            case .text: line.append(tree.nodes[child].text, style: block.style)
            case .br: line.appendLineBreak()
            case .img, .input, .ul, .ol, .menu, .dir, .dl, .table, .pre, .listing, .xmp, .plaintext, .figure, .details:
                line.appendSpace()
                blocks.append(inner)
            case .option where tree.attribute(.selected, of: child) == nil: continue
            default:
                if tag.isBlock { line.appendSpace() }
                gather(styled(inner), into: &line, blocks: &blocks)
                if tag.isBlock { line.appendSpace() }
            }
        }
    }

    /// All text in an element as one line, whatever its elements are.
    func flatten(_ block: Block, into line: inout InlineText) {
        for child in tree.children(of: block.node) {
            let tag = tag(child)
            switch tag {
            case .text: line.append(tree.nodes[child].text, style: InlineStyle())
            case .br: line.appendLineBreak()
            case .option where tree.attribute(.selected, of: child) == nil: continue
            default:
                if tag.isBlock { line.appendSpace() }
                flatten(Block(node: child, style: InlineStyle()), into: &line)
                if tag.isBlock { line.appendSpace() }
            }
        }
    }

    /// Writes blocks below an item.
    mutating func addBlocks(_ blocks: [Block], below item: Reference) throws(FormatFailure) {
        guard !blocks.isEmpty else { return }
        writer.open(item)
        for block in blocks {
            try walk(block)
            try flush()
        }
        writer.close()
    }
}
