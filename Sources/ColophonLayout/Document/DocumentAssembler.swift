import DoclingDocument

/// Makes the document out of the pages' layouts.
struct DocumentAssembler {
    private let pages: [PageLayout]
    /// For each page, in reading order.
    private let blocks: [[Block]]
    /// For each page, the place of its caption by the place of a picture or table.
    private let captions: [[Int: Int]]
    private let levels: HeadingLevels
    private let tables: TableContinuations
    private var document: DoclingDocument
    private var paragraph: OpenParagraph?
    private var lists = OpenLists()

    init(pages: [PageLayout], name: String, bookmarks: Bookmarks = .none) {
        self.pages = pages
        let maker = PageBlocks(statistics: DocumentStatistics(pages: pages), bookmarks: bookmarks)
        blocks = zip(pages, FurnitureFinder.furniture(of: pages)).map { maker.blocks(of: $0, $1) }
        captions = zip(pages, blocks).map { CaptionBinder.captions(in: $1, page: $0) }
        levels = HeadingLevels(headings: Self.headings(blocks))
        tables = TableContinuations(pages: pages, blocks: blocks, captions: captions)
        document = DoclingDocument(name: name)
    }

    mutating func assemble() -> DoclingDocument {
        for (index, page) in pages.enumerated() {
            let size = page.shownSize
            document.addPage(page.number, size: PageSize(width: size.width.inThousandths, height: size.height.inThousandths))
            let bound = Set(captions[index].values)
            for (place, block) in blocks[index].enumerated() where !bound.contains(place) {
                emit(block, index, caption: captions[index][place].map { blocks[index][$0] })
            }
        }
        flush()
        RecognitionMarker.mark(&document, pages)
        return document
    }

    private static func headings(_ blocks: [[Block]]) -> [Float] {
        blocks.joined().compactMap { block in
            guard case .heading = block.kind else { return nil }
            return block.size
        }
    }

    private mutating func emit(_ block: Block, _ index: Int, caption: Block?) {
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
            document.addHeading(text, level: level, prov: [page.provenance(block.box, text)])
        case .listItem:
            emitListItem(block, lines, page)
        case .tickBoxes:
            lists.close()
            let prov = [page.provenance(block.box, BlockText.paragraph(lines))]
            for item in TickMark.items(of: BlockText.paragraph(lines)) {
                document.addText(item.text, label: item.isTicked ? .checkboxSelected : .checkboxUnselected, prov: prov)
            }
        case .caption:
            lists.close()
            let text = BlockText.paragraph(lines)
            document.addText(text, label: .caption, prov: [page.provenance(block.box, text)])
        case .footnote:
            let text = BlockText.paragraph(lines)
            document.addFootnote(text, prov: [page.provenance(block.box, text)])
        case .code:
            lists.close()
            let text = CodeText.text(block.lines.map { page.lines[$0] })
            document.addCode(text, prov: [page.provenance(block.box, text)])
        case .furniture(let isHeader):
            let text = BlockText.paragraph(lines)
            let prov = [page.provenance(block.box, text)]
            if isHeader { document.addPageHeader(text, prov: prov) } else { document.addPageFooter(text, prov: prov) }
        case .table(let table):
            let place = TableContinuations.Place(page: index, table: table)
            if tables.joined.contains(place) { break }
            lists.close()
            let whole = JoinedTable(at: place, in: pages, tables)
            emitCaption(caption, of: document.addTable(whole.data, label: whole.label, prov: whole.prov), page)
        case .picture(let index):
            let picture = page.pictures[index]
            let reference = document.addPicture(
                prov: [page.provenance(picture.box, "")], layer: picture.isBackground ? .background : .body)
            emitCaption(caption, of: reference, page)
            for line in page.lines where line.picture == index {
                document.addText(line.text, prov: [page.provenance(line.box, line.text)], parent: reference)
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
            var place = page.provenance(block.box, "")
            place.charSpan = CharSpan(start, open.text.unicodeScalars.count)
            open.prov.append(place)
            open.page = page.number
            paragraph = open
            return
        }
        flush()
        lists.close()
        paragraph = OpenParagraph(text: text, prov: [page.provenance(block.box, text)], page: page.number, size: block.size)
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

    // MARK: Lists and captions

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
            text, in: list, enumerated: numbered != nil, marker: numbered ?? "-", prov: [page.provenance(block.box, text)])
        lists.added(item)
    }

    private mutating func emitCaption(_ caption: Block?, of item: Reference, _ page: PageLayout) {
        guard let caption else { return }
        let text = BlockText.paragraph(caption.lines.map { page.lines[$0].text })
        document.addCaption(text, to: item, prov: [page.provenance(caption.box, text)])
    }
}
