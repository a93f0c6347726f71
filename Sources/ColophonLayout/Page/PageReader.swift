import CPDFium

/// Reads what a page draws out of PDFium, and closes the page again.
struct PageReader {
    let document: PDFDocumentHandle
    let limits: PDFLimits
    let recognition: RecognitionMode
    private var functions: pdfium_functions { document.pdfium.functions }

    /// - Returns: An empty page when PDFium cannot load this one: one bad page does not lose the others.
    /// - Throws: `needsRecognition`, where that is to be told.
    func read(pageIndex: Int) throws(PDFFailure) -> PageContent {
        guard let page = PDFPageHandle(document: document, index: pageIndex) else {
            var size = pdfium_size()
            _ = functions.FPDF_GetPageSizeByIndexF(document.pointer, Int32(clamping: pageIndex), &size)
            let crop = pdfium_rectangle(left: 0, top: usable(size.height), right: usable(size.width), bottom: 0)
            let transform = PageTransform(crop: crop, turns: 0, maxSide: limits.maxPageSide)
            var content = PageContent(width: transform.width, height: transform.height)
            content.isDamaged = true
            return content
        }
        let transform = transform(of: page)
        var content = PageContent(width: transform.width, height: transform.height)
        let structure = StructureReader.read(page)
        var glyphReader = GlyphReader(functions: functions, transform: transform, limits: limits, structure: structure)
        if let text = page.text { glyphReader.read(text, ownCharacters: page.ownCharacters) }
        content.glyphs = glyphReader.glyphs
        FieldPlacement(transform: transform, page: content.bounds).place(page.fields, into: &content.glyphs, behind: glyphReader.ownGlyphs)

        var objects = PageObjectReader(functions: functions, transform: transform, limits: limits, page: content.bounds)
        objects.read(page)
        content.rulings = objects.rulings
        content.fills = objects.fills
        content.images = objects.images
        content.drawings = objects.drawings
        content.standUpright()
        if let structure { StructureTrust.apply(structure, to: &content) }
        try recognize(page, &content)
        return content
    }

    /// Reads what only an image shows, as far as that is wanted.
    private func recognize(_ page: PDFPageHandle, _ content: inout PageContent) throws(PDFFailure) {
        guard ScanFinder.isScan(content) else { return }
        switch recognition {
        case .off: content.isRecognized = false
        case .later: throw .needsRecognition
        case .with(let recognizer):
            // The image is drawn as the page is shown; a stamp on the scan may have turned the frame.
            content.turn(by: content.turns)
            PageRecognition(recognizer: recognizer, limits: limits).read(page, into: &content)
        }
    }

    private func transform(of page: PDFPageHandle) -> PageTransform {
        var crop = pdfium_rectangle()
        let found = functions.FPDF_GetPageBoundingBox(page.pointer, &crop) != 0
        let isFinite = crop.left.isFinite && crop.right.isFinite && crop.top.isFinite && crop.bottom.isFinite
        if !found || !isFinite || !(crop.right > crop.left) || !(crop.top > crop.bottom) {
            crop = pdfium_rectangle(left: 0, top: 792, right: 612, bottom: 0)
        }
        let turns = Int(functions.FPDFPage_GetRotation(page.pointer))
        return PageTransform(crop: crop, turns: turns, maxSide: limits.maxPageSide)
    }

    private func usable(_ side: Float) -> Float { side > 0 && side.isFinite ? side : 792 }
}

extension PageContent {
    /// Turns the frame so that most text runs to the right, as on a page whose wide table was set sideways.
    mutating func standUpright() {
        var counts = [0, 0, 0, 0]
        for glyph in glyphs { counts[Int(glyph.direction & 3)] += 1 }
        guard let most = counts.indices.max(by: { counts[$0] < counts[$1] }), most != 0, counts[most] * 10 > glyphs.count * 6 else {
            return
        }
        // Text that runs `most` turns clockwise stands upright after as many turns back.
        turn(by: (4 - most) & 3)
    }

    /// Turns the frame clockwise.
    mutating func turn(by back: Int) {
        guard back != 0 else { return }
        let (oldWidth, oldHeight) = (width, height)
        if back & 1 == 1 { (width, height) = (oldHeight, oldWidth) }
        turns = (turns - back) & 3
        for index in glyphs.indices {
            glyphs[index].box = glyphs[index].box.turned(by: back, width: oldWidth, height: oldHeight)
            glyphs[index].direction = (glyphs[index].direction &+ UInt8(back)) & 3
        }
        rulings = rulings.map { ruling in
            let box = ruling.box.turned(by: back, width: oldWidth, height: oldHeight)
            return Ruling(box, isHorizontal: back & 1 == 1 ? !ruling.isHorizontal : ruling.isHorizontal)
        }
        fills = fills.map { $0.turned(by: back, width: oldWidth, height: oldHeight) }
        images = images.map { $0.turned(by: back, width: oldWidth, height: oldHeight) }
        drawings = drawings.map { Drawing(box: $0.box.turned(by: back, width: oldWidth, height: oldHeight), edges: $0.edges) }
    }
}

extension Ruling {
    var box: Box {
        isHorizontal ? Box(x0: start, y0: position, x1: end, y1: position) : Box(x0: position, y0: start, x1: position, y1: end)
    }

    init(_ box: Box, isHorizontal: Bool) {
        self =
            isHorizontal
            ? Ruling(isHorizontal: true, position: box.midY, start: box.x0, end: box.x1)
            : Ruling(isHorizontal: false, position: box.midX, start: box.y0, end: box.y1)
    }
}
