/// Says what each block of a page is: heading, list item, caption, code, footnote or text.
struct BlockClassifier {
    let page: PageLayout
    let statistics: DocumentStatistics

    func classify(_ blocks: inout [Block]) {
        for index in blocks.indices {
            guard case .text = blocks[index].kind else { continue }
            blocks[index].kind = kind(of: blocks[index])
        }
        dropLoneNumbers(&blocks)
    }

    private func kind(of block: Block) -> Block.Kind {
        guard let first = block.lines.first.map({ page.lines[$0] }), !first.isSideways else { return .text }
        if first.text.unicodeScalars.first.flatMap(TickMark.isTicked) != nil { return .tickBoxes }
        if let kind = structuredKind(of: block, first) { return kind }
        if isCode(block) { return .code }
        if first.startsRaised, block.size < 0.95 * statistics.bodySize, block.box.y1 < 0.5 * page.height { return .footnote }
        if CaptionPattern.matches(first.text), block.size <= statistics.bodySize * 1.1, isNearFloat(block) { return .caption }
        if isHeading(block) { return .heading(level: nil) }
        if let marker = ListMarker(prefixOf: first.text) { return .listItem(marker.kind) }
        return .text
    }

    private static let headingLettersMax = 300
    /// Text so much larger than the body is a heading, whatever it is called.
    private static let headingRatio: Float = 1.15

    /// What the author says a block is; nil where he does not, or what he says cannot be.
    private func structuredKind(of block: Block, _ first: LayoutLine) -> Block.Kind? {
        switch page.role(of: first) {
        case .heading(let level):
            let letters = block.lines.reduce(0) { $0 + page.lines[$1].text.utf8.count }
            return letters <= Self.headingLettersMax ? .heading(level: level) : .text
        // Numbered headings are written as lists by some.
        case .listItem: return isHeading(block) ? .heading(level: nil) : .listItem(ListMarker(prefixOf: first.text)?.kind ?? .bullet)
        case .caption: return isNearFloat(block) ? .caption : nil
        case .footnote: return .footnote
        case .code: return .code
        // Many authors only ever write paragraphs: only who has headings can be believed to mean it, and not of what is far larger than the rest.
        case .paragraph where statistics.hasTaggedHeadings && block.size < Self.headingRatio * statistics.bodySize:
            return isCode(block) || CaptionPattern.matches(first.text) || ListMarker(prefixOf: first.text) != nil ? nil : .text
        case .paragraph, .cell, .other, nil: return nil
        }
    }

    private func isCode(_ block: Block) -> Bool {
        block.style.contains(.monospaced) && block.lines.count >= 2 && !statistics.isBodyMonospaced
    }

    /// A caption stands within a few lines of a picture or table, above or below it.
    private func isNearFloat(_ block: Block) -> Bool {
        let reach = 4 * block.size
        func isNear(_ box: Box) -> Bool {
            block.box.overlapX(box) > 0 && block.box.overlapY(box) > -reach
        }
        return page.tables.contains { isNear($0.box) } || page.pictures.contains { !$0.isBackground && isNear($0.box) }
    }

    /// Larger than the body, or bold and short, or numbered; never a sentence.
    ///
    /// Sizes are compared with the size of most of the document's characters, the usual rule of font-size histograms.
    private func isHeading(_ block: Block) -> Bool {
        let text = BlockText.paragraph(block.lines.map { page.lines[$0].text })
        let shape = TextShape(text)
        guard shape.letters >= 2, shape.characters <= 250, block.lines.count <= 4 else { return false }
        guard shape.letters * 2 >= shape.characters || shape.letters >= 12 else { return false }
        let ratio = block.size / max(statistics.bodySize, 1)
        let isBold = block.style.contains(.bold) && !statistics.isBodyBold
        let number = HeadingNumber(prefixOf: text)
        if shape.endsSentence, number == nil || shape.characters > 80 { return false }
        if shape.lastIs(",") || shape.lastIs(";") || shape.beginsLowercase { return false }

        if ratio >= Self.headingRatio { return shape.letters >= 3 }
        if let first = block.lines.first, let marker = ListMarker(prefixOf: page.lines[first].text), marker.kind == .bullet { return false }
        if ratio >= 1.06, isBold || number != nil { return true }
        if ratio >= 0.92, isBold, block.lines.count <= 2, shape.characters <= 140 { return true }
        if ratio >= 0.92, shape.isCapitals, block.lines.count <= 2 {
            return number != nil || shape.letters >= 6 && shape.letters * 10 >= shape.characters * 7 && !statistics.isOftenCapitals
        }
        return false
    }

    /// One numbered line alone in running text is no list: only what counts on, or hangs, is.
    private func dropLoneNumbers(_ blocks: inout [Block]) {
        for index in blocks.indices {
            guard case .listItem(let kind) = blocks[index].kind, kind != .bullet, !isListItemByAuthor(blocks[index]) else { continue }
            let neighbours = [index - 2, index - 1, index + 1, index + 2].filter(blocks.indices.contains)
            let continues = neighbours.contains { other in
                guard case .listItem(let otherKind) = blocks[other].kind else { return false }
                return Self.counts(kind, otherKind)
            }
            if !continues, !hangs(blocks[index]) { blocks[index].kind = .text }
        }
    }

    private func isListItemByAuthor(_ block: Block) -> Bool {
        block.lines.first.flatMap { page.role(of: page.lines[$0]) } == .listItem
    }

    private static func counts(_ first: ListMarker.Kind, _ second: ListMarker.Kind) -> Bool {
        switch (first, second) {
        case (.number(let a), .number(let b)), (.letter(let a), .letter(let b)), (.roman(let a), .roman(let b)): abs(a - b) <= 2
        case (.letter, .roman), (.roman, .letter): true
        case (_, .bullet): true
        default: false
        }
    }

    /// The lines after the first stand further in.
    private func hangs(_ block: Block) -> Bool {
        guard let first = block.lines.first, block.lines.count > 1 else { return false }
        let left = page.lines[first].box.x0
        return block.lines.dropFirst().allSatisfy { page.lines[$0].box.x0 > left + 0.7 * block.size }
    }
}
