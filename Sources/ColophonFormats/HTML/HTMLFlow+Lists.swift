internal import DoclingDocument

extension HTMLFlow {
    /// Adds a list; what stands in it outside of its items closes it, and the items after that open another one.
    mutating func addList(_ block: Block) throws(FormatFailure) {
        try flush()
        let isOrdered = tag(block.node) == .ol
        var number = number(.start, of: block.node)
        let name = isOrdered ? "ordered list" + (number.map { " start \($0)" } ?? "") : "list"
        var list: Reference?
        var lastItem: Reference?
        for child in tree.children(of: block.node) {
            switch tag(child) {
            case .text where tree.nodes[child].text.allSatisfy(\.isASCIISpace): continue
            case .li:
                let group: Reference
                if let list { group = list } else { group = try writer.addGroup(.list, name: name) }
                list = group
                if isOrdered, let value = self.number(.value, of: child) { number = value }
                let marker = isOrdered ? number.map { "\($0)." } ?? "" : ""
                let item = Block(node: child, style: block.style)
                lastItem = try addItem(item, to: group, isEnumerated: isOrdered, marker: marker) ?? lastItem
                number = number.map { $0 &+ 1 }
            case .ul, .ol, .menu, .dir:
                // Not allowed but common: the list belongs to the item before it.
                let inner = [Block(node: child, style: block.style)]
                if let lastItem { try addBlocks(inner, below: lastItem) } else { try walk(inner[0]) }
            default:
                list = nil
                lastItem = nil
                try walk(Block(node: child, style: block.style))
            }
        }
        try flush()
    }

    /// Adds an item and what stands below it.
    ///
    /// An item without text that holds nothing but lists is left out; its lists lie in the list around it, as in docling.
    private mutating func addItem(
        _ block: Block, to list: Reference, isEnumerated: Bool, marker: String
    ) throws(FormatFailure) -> Reference? {
        try flush()
        var line = InlineText()
        var blocks: [Block] = []
        gather(block, into: &line, blocks: &blocks)
        let runs = line.takeLine()
        if runs.isEmpty, blocks.allSatisfy({ isList($0.node) }) {
            try addBlocks(blocks, below: list)
            return nil
        }
        let item = try writer.addListItem(runs, in: list, isEnumerated: isEnumerated, marker: marker)
        try addBlocks(blocks, below: item)
        return item
    }

    private func isList(_ node: Int) -> Bool {
        switch tag(node) {
        case .ul, .ol, .menu, .dir, .dl: true
        default: false
        }
    }

    private func number(_ name: HTMLAttribute.Name, of node: Int) -> Int? {
        guard let digits = tree.attribute(name, of: node)?.trimmed, digits.count <= 9 else { return nil }
        return Int(digits.string)
    }

    /// Adds a list of terms, the descriptions of each in a list below it.
    mutating func addDescriptionList(_ block: Block) throws(FormatFailure) {
        try flush()
        var list = DescriptionList()
        try addDescriptions(block, to: &list)
        try flush()
    }

    private struct DescriptionList {
        var group: Reference?
        var term: Reference?
        /// The descriptions of the term.
        var descriptions: Reference?
    }

    private mutating func addDescriptions(_ block: Block, to list: inout DescriptionList) throws(FormatFailure) {
        for child in tree.children(of: block.node) {
            let inner = Block(node: child, style: block.style)
            switch tag(child) {
            case .text where tree.nodes[child].text.allSatisfy(\.isASCIISpace): continue
            case .dt, .dd:
                let group: Reference
                if let known = list.group { group = known } else { group = try writer.addGroup(.list, name: "description list") }
                list.group = group
                if tag(child) == .dt {
                    list.term = try addItem(inner, to: group, isEnumerated: false, marker: "")
                    list.descriptions = nil
                } else {
                    try addDescription(inner, to: &list, group)
                }
            case .div: try addDescriptions(inner, to: &list)
            default: try walk(inner)
            }
        }
    }

    private mutating func addDescription(_ block: Block, to list: inout DescriptionList, _ group: Reference) throws(FormatFailure) {
        guard let term = list.term else {
            _ = try addItem(block, to: group, isEnumerated: false, marker: "")
            return
        }
        var line = InlineText()
        var blocks: [Block] = []
        gather(block, into: &line, blocks: &blocks)
        let runs = line.takeLine()
        if runs.isEmpty, blocks.allSatisfy({ isList($0.node) }) {
            list.descriptions = nil
            try addBlocks(blocks, below: term)
            return
        }
        let descriptions: Reference
        if let known = list.descriptions {
            descriptions = known
        } else {
            writer.open(term)
            descriptions = try writer.addGroup(.list, name: "descriptions")
            writer.close()
        }
        list.descriptions = descriptions
        let item = try writer.addListItem(runs, in: descriptions)
        try addBlocks(blocks, below: item)
    }
}
