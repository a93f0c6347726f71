import DoclingDocument

/// Makes the document out of the pages' layouts.
struct DocumentAssembler {
    let pages: [PageLayout]
    let statistics: DocumentStatistics
    let bookmarks: Bookmarks
    private(set) var document: DoclingDocument
    private var paragraph: OpenParagraph?
    private var lists = OpenLists()
    private var continuations: TableContinuations?

    init(pages: [PageLayout], name: String, bookmarks: Bookmarks = .none) {
        self.pages = pages
        self.bookmarks = bookmarks
        statistics = DocumentStatistics(pages: pages)
        document = DoclingDocument(name: name)
    }

    mutating func assemble() -> DoclingDocument {
        let furniture = FurnitureFinder.furniture(of: pages)
        var blocks: [[Block]] = []
        blocks.reserveCapacity(pages.count)
        let maker = PageBlocks(statistics: statistics, bookmarks: bookmarks)
        for (page, taken) in zip(pages, furniture) { blocks.append(maker.blocks(of: page, taken)) }
        let levels = HeadingLevels(headings: headings(blocks))
        let captions = zip(pages, blocks).map { CaptionBinder.captions(in: $1, page: $0) }
        continuations = TableContinuations(pages: pages, blocks: blocks, captions: captions)
        for (index, page) in pages.enumerated() {
            let (blocks, captions) = (blocks[index], captions[index])
            let size = page.shownSize
            document.addPage(page.number, size: PageSize(width: Double(size.width), height: Double(size.height)))
            let bound = Set(captions.values)
            for (place, block) in blocks.enumerated() where !bound.contains(place) {
                emit(block, index, levels, caption: captions[place].map { blocks[$0] })
            }
        }
        flush()
        RecognitionMarker.mark(&document, pages)
        return document
    }

    private func headings(_ blocks: [[Block]]) -> [Float] {
        blocks.joined().compactMap { block in
            guard case .heading = block.kind else { return nil }
            return block.size
        }
    }

    private mutating func emit(_ block: Block, _ index: Int, _ levels: HeadingLevels, caption: Block?) {
        let page = pages[index]
        let lines = block.lines.map { page.lines[$0].text }
        switch block.kind {
        case .text: break
        // These may stand within a paragraph that goes on behind them; one that is at its end goes first.
        case .furniture, .picture: if let paragraph, !paragraph.mayGoOn { flush() }
        default: flush()
        }
        switch block.kind {
        case .text:
            emitText(block, lines, page)
        case .heading(let known):
            lists.close()
            let text = BlockText.paragraph(lines)
            let level = known ?? levels.level(size: block.size, number: HeadingNumber(prefixOf: text))
            document.addHeading(text, level: level, prov: [provenance(block.box, page, text)])
        case .listItem:
            emitListItem(block, lines, page)
        case .tickBoxes:
            lists.close()
            let prov = [provenance(block.box, page, BlockText.paragraph(lines))]
            for item in TickMark.items(of: BlockText.paragraph(lines)) {
                document.addText(item.text, label: item.isTicked ? .checkboxSelected : .checkboxUnselected, prov: prov)
            }
        case .caption:
            lists.close()
            let text = BlockText.paragraph(lines)
            document.addText(text, label: .caption, prov: [provenance(block.box, page, text)])
        case .footnote:
            let text = BlockText.paragraph(lines)
            document.addFootnote(text, prov: [provenance(block.box, page, text)])
        case .code:
            lists.close()
            let text = CodeText.text(block.lines.map { page.lines[$0] })
            document.addCode(text, prov: [provenance(block.box, page, text)])
        case .furniture(let isHeader):
            let text = BlockText.paragraph(lines)
            let prov = [provenance(block.box, page, text)]
            if isHeader { document.addPageHeader(text, prov: prov) } else { document.addPageFooter(text, prov: prov) }
        case .table(let table):
            let place = TableContinuations.Place(page: index, table: table)
            if continuations?.joined.contains(place) == true { break }
            lists.close()
            emitCaption(caption, of: emitTable(place), page)
        case .picture(let index):
            let picture = page.pictures[index]
            let reference = document.addPicture(
                prov: [provenance(picture.box, page, "")], layer: picture.isBackground ? .background : .body)
            emitCaption(caption, of: reference, page)
            for line in page.lines where line.picture == index {
                document.addText(line.text, prov: [provenance(line.box, page, line.text)], parent: reference)
            }
        }
    }

    // MARK: Paragraphs

    /// A paragraph that the next column or page may continue.
    private struct OpenParagraph {
        var text: String
        var prov: [Provenance]
        var page: Int
        var size: Float

        /// Whether it stops within a sentence.
        var mayGoOn: Bool {
            guard text.utf8.count > 40, let last = text.unicodeScalars.last else { return false }
            return !".!?:".unicodeScalars.contains(last)
        }
    }

    private mutating func emitText(_ block: Block, _ lines: [String], _ page: PageLayout) {
        let text = BlockText.paragraph(lines)
        if var open = paragraph, continues(open, block, text, page) {
            let start = open.text.unicodeScalars.count
            BlockText.append(text, to: &open.text)
            var place = provenance(block.box, page, "")
            place.charSpan = CharSpan(start, open.text.unicodeScalars.count)
            open.prov.append(place)
            open.page = page.number
            paragraph = open
            return
        }
        flush()
        lists.close()
        paragraph = OpenParagraph(text: text, prov: [provenance(block.box, page, text)], page: page.number, size: block.size)
    }

    /// A paragraph runs on when it stops within a sentence and the next block goes on in lower case, in a new column or on the next page.
    private func continues(_ open: OpenParagraph, _ block: Block, _ text: String, _ page: PageLayout) -> Bool {
        guard open.mayGoOn, abs(open.size - block.size) <= 0.06 * block.size, page.number - open.page <= 1,
            let first = text.unicodeScalars.first, first.properties.isLowercase
        else { return false }
        guard page.number == open.page, let place = open.prov.last else { return true }
        // On the same page only upwards, into the next column.
        let box = block.box.turned(by: page.turns, width: page.width, height: page.height)
        return Double(box.y0) > place.bbox.bottom
    }

    private mutating func flush() {
        guard let open = paragraph else { return }
        paragraph = nil
        document.addText(open.text, prov: open.prov)
    }

    // MARK: Lists and tables

    private mutating func emitListItem(_ block: Block, _ lines: [String], _ page: PageLayout) {
        var lines = lines
        guard let first = lines.first else { return }
        // An item that its author calls one may have a drawn bullet, or none.
        let marker = ListMarker(prefixOf: first)
        if let marker { lines[0] = String(first.utf8.dropFirst(marker.length)) ?? first }
        let text = BlockText.paragraph(lines)
        let list = lists.list(at: block.box.x0, size: block.size, in: &document)
        let numbered = marker.flatMap { $0.kind == .bullet ? nil : $0.text }
        let item = document.addListItem(
            text, in: list, enumerated: numbered != nil, marker: numbered ?? "-", prov: [provenance(block.box, page, text)])
        lists.added(item)
    }

    /// Adds a table with the parts of it that stand on the next pages.
    private mutating func emitTable(_ place: TableContinuations.Place) -> Reference {
        let page = pages[place.page]
        let table = page.tables[place.table]
        var data = TableData(rowCount: table.rows, columnCount: table.columns)
        data.cells = table.cells.map { cell($0, row: $0.row, bbox: bbox($0.box, page)) }
        var prov = [provenance(table.box, page, "")]
        for part in continuations?.following[place] ?? [] {
            let page = pages[part.page]
            let further = page.tables[part.table]
            let repeated = further.rowsRepeating(table)
            // A cell's box does not say of which page it is, so only the first page's have one.
            data.cells += further.cells.filter { $0.row >= repeated }.map {
                cell($0, row: data.rowCount + $0.row - repeated, bbox: nil)
            }
            data.rowCount += further.rows - repeated
            prov.append(provenance(further.box, page, ""))
        }
        return document.addTable(data, label: table.isIndex ? .documentIndex : .table, prov: prov)
    }

    private func cell(_ cell: LayoutTable.Cell, row: Int, bbox: BoundingBox?) -> TableCell {
        var result = TableCell(
            cell.text, row: row, column: cell.column, rowSpan: cell.rowSpan, columnSpan: cell.columnSpan, bbox: bbox)
        result.isColumnHeader = cell.isHeader
        result.isRowHeader = cell.isRowHeader
        return result
    }

    private mutating func emitCaption(_ caption: Block?, of item: Reference, _ page: PageLayout) {
        guard let caption else { return }
        let text = BlockText.paragraph(caption.lines.map { page.lines[$0].text })
        document.addCaption(text, to: item, prov: [provenance(caption.box, page, text)])
    }

    private func bbox(_ box: Box, _ page: PageLayout) -> BoundingBox {
        let shown = page.shown(box)
        return BoundingBox(
            left: Double(shown.x0), top: Double(shown.y1), right: Double(shown.x1), bottom: Double(shown.y0), origin: .bottomLeft)
    }

    private func provenance(_ box: Box, _ page: PageLayout, _ text: String) -> Provenance {
        Provenance(pageNumber: page.number, bbox: bbox(box, page), text: text)
    }
}
