import CPDFium

/// Reads the glyphs of a page in the order in which the page draws them.
///
/// What belongs to a text object (font, size, matrix, render mode) is asked for once an object, not once a glyph: that is
/// what makes reading fast.
struct GlyphReader {
    let functions: pdfium_functions
    let transform: PageTransform
    let limits: PDFLimits
    let structure: PageStructure?
    private(set) var glyphs: [Glyph] = []
    /// How many of them are of the page's own characters; those behind are what fields and other annotations show.
    private(set) var ownGlyphs = 0

    private var object: pdfium_page_object?
    private var objectSize: Float = 0
    private var objectDirection: Int?
    private var objectFlags: Glyph.Flags = []
    private var objectElement: UInt16 = 0
    private var objectNumber: Int32 = 0
    private var styles: [pdfium_font?: FontStyle] = [:]
    private var seen = DuplicateFilter()

    init(functions: pdfium_functions, transform: PageTransform, limits: PDFLimits, structure: PageStructure? = nil) {
        self.functions = functions
        self.transform = transform
        self.limits = limits
        self.structure = structure
    }

    mutating func read(_ text: pdfium_text_page, ownCharacters: Int32 = .max) {
        let count = min(Int(functions.FPDFText_CountChars(text)), limits.maxGlyphs)
        guard count > 0 else { return }
        glyphs.reserveCapacity(count)
        seen.reserve(count)
        let bounds = Box(x0: 0, y0: 0, x1: transform.width, y1: transform.height)
        var invisible = 0
        var pending: Glyph.Flags = []
        var highSurrogate: UInt32 = 0

        for index in 0..<Int32(count) {
            if index <= ownCharacters { ownGlyphs = glyphs.count }
            var code = functions.FPDFText_GetUnicode(text, index)
            if functions.FPDFText_IsGenerated(text, index) == 1 {
                pending.insert(code == 10 || code == 13 ? .afterBreak : .afterGap)
                continue
            }
            if code >= 0xD800, code < 0xDC00 {
                highSurrogate = code
                continue
            }
            if code >= 0xDC00, code < 0xE000 {
                guard highSurrogate != 0 else { continue }
                code = 0x10000 + ((highSurrogate - 0xD800) << 10) + (code - 0xDC00)
            }
            highSurrogate = 0
            guard let scalar = ScalarCleaner.clean(code) else { continue }

            let current = functions.FPDFText_GetTextObject(text, index)
            if current != object || object == nil { enter(current, text, index) }
            guard let direction = objectDirection else { continue }
            guard var glyph = glyph(scalar, text, index, direction) else { continue }
            guard bounds.containsCentre(of: glyph.box) else { continue }
            if !glyph.flags.contains(.space), let earlier = seen.earlier(like: glyph, object: objectNumber, in: glyphs) {
                // The same glyph again, a hair's breadth away: this is how some programs print bold.
                glyphs[earlier].flags.insert(.bold)
                continue
            }
            glyph.flags.formUnion(pending)
            pending = []
            if glyph.flags.contains(.invisible) { invisible += 1 }
            glyphs.append(glyph)
        }
        if count <= ownCharacters { ownGlyphs = glyphs.count }
        let hidden = glyphs.prefix(ownGlyphs).count { $0.flags.contains(.invisible) }
        let all = glyphs.count
        dropInvisible(invisible)
        if glyphs.count < all { ownGlyphs -= hidden }
    }

    /// Invisible text stays only where it is the text of a scanned page, that is where hardly anything else is.
    private mutating func dropInvisible(_ invisible: Int) {
        guard invisible > 0, (glyphs.count - invisible) * 5 > invisible else { return }
        glyphs.removeAll { $0.flags.contains(.invisible) }
    }

    private mutating func enter(_ current: pdfium_page_object?, _ text: pdfium_text_page, _ index: Int32) {
        object = current
        objectNumber &+= 1
        var matrix = pdfium_matrix(a: 1, b: 0, c: 0, d: 1, e: 0, f: 0)
        _ = functions.FPDFText_GetMatrix(text, index, &matrix)
        objectDirection = transform.direction(of: matrix)
        var size: Float = 0
        objectFlags = []
        objectElement = structure.map { $0.element(of: current, functions) } ?? 0
        if let current {
            _ = functions.FPDFTextObj_GetFontSize(current, &size)
            switch Int(functions.FPDFTextObj_GetTextRenderMode(current)) {
            case PDFIUM_RENDER_INVISIBLE, PDFIUM_RENDER_CLIP: objectFlags.insert(.invisible)
            default: break
            }
            let font = functions.FPDFTextObj_GetFont(current)
            let known = styles[font] ?? style(of: font)
            objectFlags.formUnion(known.flags)
        }
        let scale = (matrix.c * matrix.c + matrix.d * matrix.d).squareRoot()
        objectSize = abs(size) * scale * transform.lengthScale
    }

    private mutating func style(of font: pdfium_font?) -> FontStyle {
        var name: [UInt8] = []
        var flags: Int32 = 0
        var weight: Int32 = 0
        if let font {
            var buffer = [CChar](repeating: 0, count: 128)
            _ = buffer.withUnsafeMutableBufferPointer { functions.FPDFFont_GetBaseFontName(font, $0.baseAddress, $0.count) }
            name = buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:))
            flags = max(functions.FPDFFont_GetFlags(font), 0)
            weight = functions.FPDFFont_GetWeight(font)
        }
        let style = FontStyle(name: name, descriptorFlags: flags, weight: weight)
        styles[font] = style
        return style
    }

    private func glyph(_ scalar: Unicode.Scalar, _ text: pdfium_text_page, _ index: Int32, _ direction: Int) -> Glyph? {
        var loose = pdfium_rectangle()
        var x = 0.0
        var y = 0.0
        guard functions.FPDFText_GetLooseCharBox(text, index, &loose) != 0, functions.FPDFText_GetCharOrigin(text, index, &x, &y) != 0,
            loose.left.isFinite, loose.right.isFinite, loose.top.isFinite, loose.bottom.isFinite, x.isFinite, y.isFinite
        else { return nil }
        var box = transform.box(left: loose.left, bottom: loose.bottom, right: loose.right, top: loose.top)
        let origin = transform.point(Float(x), Float(y))
        let isSideways = direction & 1 == 1
        let thickness = isSideways ? box.width : box.height
        let size = objectSize > 0.1 ? objectSize : thickness
        let reach = 8 * limits.maxPageSide
        guard size > 0.1, size < 4 * limits.maxPageSide, box.x0 > -reach, box.y0 > -reach, box.x1 < reach, box.y1 < reach else {
            return nil
        }
        // Some fonts claim absurd heights; then the usual ones stand in.
        if thickness > 1.7 * size || thickness < 0.5 * size {
            switch direction {
            case 1: (box.x0, box.x1) = (origin.x - 0.22 * size, origin.x + 0.78 * size)
            case 2: (box.y0, box.y1) = (origin.y - 0.78 * size, origin.y + 0.22 * size)
            case 3: (box.x0, box.x1) = (origin.x - 0.78 * size, origin.x + 0.22 * size)
            default: (box.y0, box.y1) = (origin.y - 0.22 * size, origin.y + 0.78 * size)
            }
        }
        let baseline: Float =
            switch direction {
            case 1: origin.x
            case 2: -origin.y
            case 3: -origin.x
            default: origin.y
            }
        var flags = objectFlags
        if scalar == " " { flags.insert(.space) }
        return Glyph(
            box: box, baseline: baseline, size: size, scalar: scalar, element: objectElement, flags: flags, direction: UInt8(direction & 3))
    }
}
