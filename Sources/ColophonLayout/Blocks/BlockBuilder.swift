/// Joins a page's lines into blocks: a line continues a block when it stands right below its last line, is set alike and
/// does not begin a paragraph or a list item of its own.
///
/// Lines come in the order of drawing. A line may continue any of the last few blocks, so that columns drawn row by row come apart.
struct BlockBuilder {
    let page: PageLayout
    /// Most of its text is monospaced, so that this says nothing.
    private let isMonospaced: Bool
    private static let openBlocks = 8

    init(page: PageLayout) {
        self.page = page
        isMonospaced = page.lines.count { $0.style.contains(.monospaced) } * 10 > page.lines.count * 6
    }

    func blocks(without taken: Set<Int>) -> [Block] {
        var blocks: [Block] = []
        let spacing = usualSpacing(without: taken)
        for (index, line) in page.lines.enumerated() where !taken.contains(index) {
            var home: Int?
            for candidate in blocks.indices.suffix(Self.openBlocks).reversed() where blocks[candidate].element == line.element {
                guard isStructured(line) ? follows(line, blocks[candidate]) : continues(line, blocks[candidate], spacing: spacing) else {
                    continue
                }
                home = candidate
                break
            }
            if let home {
                add(line, index, to: &blocks[home])
            } else {
                blocks.append(
                    Block(
                        lines: [index], box: line.box, size: line.size, style: line.style, order: line.order,
                        isRightToLeft: line.isRightToLeft, element: line.element))
            }
        }
        return blocks
    }

    /// Its author has said what it belongs to; geometry decides where he leaves it to that.
    private func isStructured(_ line: LayoutLine) -> Bool {
        page.role(of: line).map { $0 != .other } ?? false
    }

    /// A line of the same element, in the same column: an element that goes on elsewhere is two blocks, with two boxes.
    ///
    /// Some authors write a page as one paragraph, so what is set unlike, begins an item or stands far below is another block nevertheless.
    private func follows(_ line: LayoutLine, _ block: Block) -> Bool {
        guard let last = block.lines.last.map({ page.lines[$0] }), line.isSideways == last.isSideways else { return false }
        if line.isSideways { return true }
        let distance = last.baseline - line.baseline
        let size = max(line.size, last.size)
        guard distance > -0.5 * size, distance <= Self.structuredReach * size, line.box.x0 < block.box.x1 + 3 * size,
            line.box.x1 > block.box.x0 - 3 * size
        else { return false }
        guard page.role(of: line) == .paragraph, distance > 0.5 * size else { return true }
        return abs(line.size - last.size) <= 0.12 * size && line.style.contains(.bold) == last.style.contains(.bold)
            && ListMarker(prefixOf: line.text)?.kind != .bullet
    }

    /// The farthest that a line may stand below the one before in an element, from baseline to baseline, in font sizes.
    private static let structuredReach: Float = 2.5

    private func add(_ line: LayoutLine, _ index: Int, to block: inout Block) {
        if block.leading == nil, let last = block.lines.last { block.leading = page.lines[last].baseline - line.baseline }
        block.lines.append(index)
        block.box.formUnion(line.box)
        block.style.formIntersection(line.style)
    }

    /// The page's usual distance from baseline to baseline, in font sizes.
    private func usualSpacing(without taken: Set<Int>) -> Float {
        var ratios: [Float] = []
        var previous: LayoutLine?
        for (index, line) in page.lines.enumerated() where !taken.contains(index) && !line.isSideways {
            if let previous, abs(previous.size - line.size) < 0.06 * line.size, previous.box.overlapX(line.box) > 0 {
                let ratio = (previous.baseline - line.baseline) / line.size
                if ratio > 0.8, ratio < 3 { ratios.append(ratio) }
            }
            previous = line
        }
        guard ratios.count >= 4 else { return 1.25 }
        ratios.sort()
        return min(max(ratios[ratios.count * 2 / 5], 1.0), 2.5)
    }

    private func continues(_ line: LayoutLine, _ block: Block, spacing: Float) -> Bool {
        guard let lastIndex = block.lines.last, let firstIndex = block.lines.first else { return false }
        let last = page.lines[lastIndex]
        let first = page.lines[firstIndex]
        let size = max(line.size, last.size)
        guard line.isSideways == last.isSideways, line.isRightToLeft == block.isRightToLeft || line.text.utf8.count < 8 else {
            return false
        }
        guard !line.isSideways else { return continuesSideways(line, last) }
        guard abs(line.size - last.size) <= 0.12 * size else { return false }
        // A line that is bold all over under one that is not, or the other way round, is another item.
        guard line.style.contains(.bold) == last.style.contains(.bold), line.style.contains(.monospaced) == last.style.contains(.monospaced)
        else { return false }

        let distance = last.baseline - line.baseline
        guard distance > 0.5 * size else { return false }
        if let leading = block.leading, isListing(line), isListing(last), distance <= leading * Self.blankLine { return true }
        if let leading = block.leading {
            guard distance <= leading * 1.18 + 0.5, distance >= leading * 0.7 - 0.5 else { return false }
        } else {
            guard distance <= max(spacing * 1.2, 1.3) * size else { return false }
        }
        guard line.box.overlapX(block.box) > 0.3 * min(line.box.width, block.box.width) else { return false }
        // A head in capitals stands right above its text.
        if isCapitals(last), !isCapitals(line), line.text.utf8.count > 20 { return false }
        if line.style.contains(.monospaced), last.style.contains(.monospaced) { return true }
        return !beginsItem(line, after: last, first: first, block: block)
    }

    /// Of a listing's lines one may be blank, in leadings.
    private static let blankLine: Float = 2.3

    /// Monospaced text on a page of other text.
    private func isListing(_ line: LayoutLine) -> Bool { line.style.contains(.monospaced) && !isMonospaced }

    private func continuesSideways(_ line: LayoutLine, _ last: LayoutLine) -> Bool {
        line.box.overlapY(last.box) > 0.5 * min(line.box.height, last.box.height) && line.box.overlapX(last.box) > -1.5 * line.size
    }

    private func beginsItem(_ line: LayoutLine, after last: LayoutLine, first: LayoutLine, block: Block) -> Bool {
        let size = line.size
        if line.startsRaised, line.size > 0, endsParagraph(last) || first.startsRaised { return true }
        let isListItem = ListMarker(prefixOf: first.text) != nil
        if let marker = ListMarker(prefixOf: line.text) {
            switch marker.kind {
            case .bullet:
                if marker.text != "-" || isListItem || endsParagraph(last) || last.box.x1 < block.box.x1 - 2 * size { return true }
            case .number, .letter, .roman:
                // A number that only happens to begin a line stands in running text.
                if endsParagraph(last) || isListItem && abs(line.box.x0 - first.box.x0) < 0.5 * size
                    || last.box.x1 < block.box.x1 - 4 * size
                {
                    return true
                }
            }
        }
        guard !line.isRightToLeft else { return false }
        let isCentred = abs(line.box.midX - block.box.midX) < 0.6 * size && abs(line.box.x0 - block.box.x0) > 1.5 * size
        guard !isCentred else { return false }

        // An item of a hanging list ends where a line returns to the left of the text behind its marker.
        if isListItem, block.lines.count > 1, line.box.x0 < last.box.x0 - 0.8 * size { return true }
        let right = max(block.box.x1, line.box.x1)
        if !isListItem, line.box.x0 > last.box.x0 + 0.8 * size, line.box.x0 > block.box.x0 + 0.8 * size,
            line.box.x0 < last.box.x0 + 6 * size,
            block.lines.count > 1 || endsParagraph(last)
        {
            return true
        }
        // The first word would have fitted on the line before: that one ended its paragraph.
        let room = right - last.box.x1
        return room > line.firstWordWidth + 0.8 * size && endsParagraph(last) && line.box.x0 <= last.box.x0 + 0.8 * size
            && beginsSentence(line.text)
    }

    private func isCapitals(_ line: LayoutLine) -> Bool {
        let shape = TextShape(line.text)
        return shape.letters >= 8 && shape.isCapitals
    }

    private func endsParagraph(_ line: LayoutLine) -> Bool {
        guard let last = line.text.unicodeScalars.last else { return true }
        switch last {
        case ".", "!", "?", ":", ";", "\u{3002}", "\u{201D}", "\"": return true
        default: return false
        }
    }

    private func beginsSentence(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first else { return false }
        return !first.properties.isLowercase
    }
}
