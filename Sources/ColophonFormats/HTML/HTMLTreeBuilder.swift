/// Builds the tree of a page from its tags, with the end tags that HTML allows to be left out.
///
/// The cost is O(bytes × `HTMLTree.depthMax`) at worst: a tag looks at most at the elements that are open.
struct HTMLTreeBuilder {
    private var tree = HTMLTree()
    /// The elements that are open, innermost last; the root is the first.
    private var open: [Int] = [0]
    /// How many elements of a tag are open.
    private var openCounts: [HTMLTag: Int] = [:]
    /// How many elements are open beyond the depth allowed.
    private var excessDepth = 0
    /// In XHTML `<a/>` is an element without content; in HTML the stroke means nothing.
    private let isXML: Bool

    private init(isXML: Bool) { self.isXML = isXML }

    static func tree(of bytes: [UInt8]) -> HTMLTree {
        var tokenizer = HTMLTokenizer(bytes)
        var builder = HTMLTreeBuilder(isXML: bytes.prefix(256).trimmed.starts(with: "<?xml".utf8))
        while let token = tokenizer.next() {
            switch token {
            case .text(let text): builder.add(text)
            case .end(let tag): builder.end(tag)
            case .start(let tag, let attributes, let isSelfClosing):
                let isClosed = isSelfClosing && (builder.isXML || tag == .other || tag == .svg || tag == .math)
                if isClosed { tokenizer.endRawText() }
                builder.start(tag, attributes, isClosed: isClosed)
            }
        }
        return builder.tree
    }

    private mutating func add(_ text: [UInt8]) {
        guard let parent = open.last else { return }
        if tree.nodes[parent].tag == .title {
            // Drawings have titles too.
            if tree.title == nil, openCounts[.svg, default: 0] == 0 { tree.title = text }
            return
        }
        append(HTMLTree.Node(tag: .text, text: text), to: parent)
    }

    @discardableResult
    private mutating func append(_ node: HTMLTree.Node, to parent: Int) -> Int {
        let index = tree.nodes.count
        tree.nodes.append(node)
        let last = Int(tree.nodes[parent].lastChild)
        if last >= 0 { tree.nodes[last].nextSibling = Int32(index) } else { tree.nodes[parent].firstChild = Int32(index) }
        tree.nodes[parent].lastChild = Int32(index)
        return index
    }

    private mutating func start(_ tag: HTMLTag, _ attributes: [HTMLAttribute], isClosed: Bool) {
        // The frame of a page is the root of the tree.
        guard tag != .html, tag != .head, tag != .body else { return }
        closeImplied(by: tag)
        guard let parent = open.last else { return }
        let node = append(HTMLTree.Node(tag: tag, attributes: attributes), to: parent)
        guard !tag.isVoid, !isClosed else { return }
        // Raw text closes itself, so it may always go in.
        guard open.count < HTMLTree.depthMax || tag.isRawText && excessDepth == 0 else {
            excessDepth += 1
            return
        }
        open.append(node)
        openCounts[tag, default: 0] += 1
    }

    private mutating func end(_ tag: HTMLTag) {
        if tag == .br {
            start(.br, [], isClosed: true)
            return
        }
        guard !tag.isVoid else { return }
        if excessDepth > 0 {
            if let last = open.last, tree.nodes[last].tag == tag, tag.isRawText { close(through: open.count - 1) } else { excessDepth -= 1 }
            return
        }
        close(tag) { candidate in
            if tag == .table { return false }
            if candidate == .table { return true }
            if tag == .td || tag == .th || tag == .tr || tag == .caption || tag == .tbody || tag == .thead || tag == .tfoot { return false }
            // An end tag in the wrong place must not close a list, a paragraph or a cell around it.
            return candidate.isScopeBorder || !tag.isBlock && candidate.isBlock && tag != .other
        }
    }

    /// Closes the innermost open element of a tag and all within it, unless one of these is a border.
    private mutating func close(_ tag: HTMLTag, unless isBorder: (HTMLTag) -> Bool) {
        guard openCounts[tag, default: 0] > 0 else { return }
        for index in open.indices.reversed() {
            let candidate = tree.nodes[open[index]].tag
            if candidate == tag {
                close(through: index)
                return
            }
            if isBorder(candidate) { return }
        }
    }

    private mutating func close(through index: Int) {
        for node in open[index...] { openCounts[tree.nodes[node].tag, default: 0] -= 1 }
        open.removeSubrange(index...)
    }

    /// Closes what a start tag ends without saying so.
    private mutating func closeImplied(by tag: HTMLTag) {
        switch tag {
        case .li: close(.li) { $0 == .ul || $0 == .ol || $0 == .menu || $0 == .dir || $0.isScopeBorder }
        case .dt, .dd:
            close(.dt) { $0 == .dl || $0 == .dd || $0.isScopeBorder }
            close(.dd) { $0 == .dl || $0.isScopeBorder }
        case .td, .th:
            close(.td) { $0 == .table || $0 == .tr }
            close(.th) { $0 == .table || $0 == .tr }
        case .tr: close(.tr) { $0 == .table }
        case .thead, .tbody, .tfoot:
            for section in [HTMLTag.thead, .tbody, .tfoot, .tr, .caption, .colgroup] { close(section) { $0 == .table } }
        case .option: close(.option) { $0 == .select || $0 == .datalist || $0.isScopeBorder }
        case .optgroup:
            close(.option) { $0 == .select || $0.isScopeBorder }
            close(.optgroup) { $0 == .select || $0.isScopeBorder }
        default: break
        }
        if tag.isBlock { close(.p) { $0.isScopeBorder || $0 == .button || $0 == .object } }
        if tag == .a { close(.a) { $0.isScopeBorder || $0.isBlock } }
        if tag.headingLevel != nil {
            guard let last = open.last, tree.nodes[last].tag.headingLevel != nil else { return }
            close(through: open.count - 1)
        }
    }
}
