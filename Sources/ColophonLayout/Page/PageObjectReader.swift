import CPDFium

/// Reads a page's lines, filled rectangles, images and drawings; forms are followed inside.
struct PageObjectReader {
    let functions: pdfium_functions
    let transform: PageTransform
    let limits: PDFLimits
    let page: Box
    private(set) var rulings: [Ruling] = []
    private(set) var fills: [Box] = []
    private(set) var images: [Box] = []
    private(set) var drawings: [Drawing] = []
    private var visited = 0

    /// Thinner than this is a line, not an area; in points.
    private static let ruleThickness: Float = 3
    private static let maxDepth = 8
    private static let maxSegments: Int32 = 2_000

    init(functions: pdfium_functions, transform: PageTransform, limits: PDFLimits, page: Box) {
        self.functions = functions
        self.transform = transform
        self.limits = limits
        self.page = page
    }

    /// Frames and grounds of fields, which come after what the page draws itself, are passed over: they look like cells of tables.
    mutating func read(_ page: PDFPageHandle) {
        for index in 0..<page.ownObjects {
            guard visited < limits.maxPageObjects else { return }
            if let object = functions.FPDFPage_GetObject(page.pointer, index) { visit(object, matrix: .identity, depth: 0) }
        }
    }

    private mutating func visit(_ object: pdfium_page_object, matrix: pdfium_matrix, depth: Int) {
        visited += 1
        switch Int(functions.FPDFPageObj_GetType(object)) {
        case PDFIUM_OBJECT_PATH: visitPath(object, matrix: matrix)
        case PDFIUM_OBJECT_IMAGE: if let box = bounds(object, matrix), images.count < 5_000 { images.append(box) }
        case PDFIUM_OBJECT_SHADING: if let box = bounds(object, matrix) { addDrawing(box, edges: 1) }
        case PDFIUM_OBJECT_FORM:
            guard depth < Self.maxDepth else { return }
            var own = pdfium_matrix.identity
            _ = functions.FPDFPageObj_GetMatrix(object, &own)
            let inner = own.followed(by: matrix)
            let count = functions.FPDFFormObj_CountObjects(object)
            guard count > 0 else { return }
            for index in 0..<count {
                guard visited < limits.maxPageObjects else { return }
                if let child = functions.FPDFFormObj_GetObject(object, UInt(index)) { visit(child, matrix: inner, depth: depth + 1) }
            }
        default: break
        }
    }

    /// The object's box on the shown page; `nil` when it is off the page or not finite.
    private func bounds(_ object: pdfium_page_object, _ matrix: pdfium_matrix) -> Box? {
        var (left, bottom, right, top): (Float, Float, Float, Float) = (0, 0, 0, 0)
        guard functions.FPDFPageObj_GetBounds(object, &left, &bottom, &right, &top) != 0 else { return nil }
        var box = Box.empty
        for corner in 0..<4 {
            let point = shown(corner & 1 == 0 ? left : right, corner & 2 == 0 ? bottom : top, matrix)
            box.formUnion(Box(x0: point.x, y0: point.y, x1: point.x, y1: point.y))
        }
        guard box.x0.isFinite, box.y0.isFinite, box.x1.isFinite, box.y1.isFinite else { return nil }
        let visible = box.intersection(page)
        return visible.isEmpty ? nil : visible
    }

    private func shown(_ x: Float, _ y: Float, _ matrix: pdfium_matrix) -> (x: Float, y: Float) {
        let point = matrix.applied(x, y)
        return transform.point(point.x, point.y)
    }

    private mutating func visitPath(_ path: pdfium_page_object, matrix: pdfium_matrix) {
        var fill: Int32 = 0
        var stroke: Int32 = 0
        guard functions.FPDFPath_GetDrawMode(path, &fill, &stroke) != 0, fill != 0 || stroke != 0, let box = bounds(path, matrix) else {
            return
        }
        var (red, green, blue, alpha): (UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 255)
        if fill != 0, stroke == 0, functions.FPDFPageObj_GetFillColor(path, &red, &green, &blue, &alpha) != 0, alpha == 0 { return }

        if box.width <= Self.ruleThickness || box.height <= Self.ruleThickness {
            addRuling(box)
            return
        }
        let count = functions.FPDFPath_CountSegments(path)
        guard count > 0, count <= Self.maxSegments else {
            addDrawing(box, edges: Int(max(count, 0)))
            return
        }
        visitSegments(of: path, count: count, matrix: matrix, box: box, isStroked: stroke != 0, isFilled: fill != 0)
    }

    private mutating func visitSegments(
        of path: pdfium_page_object, count: Int32, matrix: pdfium_matrix, box: Box, isStroked: Bool, isFilled: Bool
    ) {
        var start: (x: Float, y: Float) = (0, 0)
        var last: (x: Float, y: Float) = (0, 0)
        var isPlain = true
        var bentEdges = 0
        var sub = Box.empty
        for index in 0..<count {
            guard let segment = functions.FPDFPath_GetPathSegment(path, index) else { break }
            var x: Float = 0
            var y: Float = 0
            guard functions.FPDFPathSegment_GetPoint(segment, &x, &y) != 0 else { break }
            let point = shown(x, y, matrix)
            guard point.x.isFinite, point.y.isFinite else { return }
            switch Int(functions.FPDFPathSegment_GetType(segment)) {
            case PDFIUM_SEGMENT_MOVE_TO:
                if isFilled, isPlain { addArea(sub, alsoStroked: isStroked) }
                sub = .empty
                start = point
            case PDFIUM_SEGMENT_LINE_TO:
                if !addEdge(last, point, isStroked: isStroked) { (isPlain, bentEdges) = (false, bentEdges + 1) }
            default: (isPlain, bentEdges) = (false, bentEdges + 1)
            }
            sub.formUnion(Box(x0: point.x, y0: point.y, x1: point.x, y1: point.y))
            last = point
            if functions.FPDFPathSegment_GetClose(segment) != 0 {
                if !addEdge(last, start, isStroked: isStroked) { (isPlain, bentEdges) = (false, bentEdges + 1) }
                last = start
            }
        }
        if isFilled, isPlain { addArea(sub, alsoStroked: isStroked) }
        if !isPlain { addDrawing(box, edges: bentEdges) }
    }

    /// - Returns: False when the edge is slanted.
    private mutating func addEdge(_ from: (x: Float, y: Float), _ to: (x: Float, y: Float), isStroked: Bool) -> Bool {
        let width = abs(to.x - from.x)
        let height = abs(to.y - from.y)
        guard min(width, height) <= 1 else { return false }
        guard isStroked, max(width, height) > 1 else { return true }
        addRuling(Box(x0: min(from.x, to.x), y0: min(from.y, to.y), x1: max(from.x, to.x), y1: max(from.y, to.y)).intersection(page))
        return true
    }

    private mutating func addArea(_ box: Box, alsoStroked: Bool) {
        let visible = box.intersection(page)
        guard !visible.isEmpty else { return }
        if visible.width <= Self.ruleThickness || visible.height <= Self.ruleThickness {
            addRuling(visible)
        } else if fills.count < limits.maxRulings {
            fills.append(visible)
        }
    }

    private mutating func addRuling(_ box: Box) {
        guard !box.isEmpty, rulings.count < limits.maxRulings, max(box.width, box.height) > 1 else { return }
        rulings.append(Ruling(box, isHorizontal: box.width >= box.height))
    }

    private mutating func addDrawing(_ box: Box, edges: Int) {
        if drawings.count < limits.maxRulings { drawings.append(Drawing(box: box, edges: edges)) }
    }
}

extension pdfium_matrix {
    static let identity = pdfium_matrix(a: 1, b: 0, c: 0, d: 1, e: 0, f: 0)

    func applied(_ x: Float, _ y: Float) -> (x: Float, y: Float) {
        (a * x + c * y + e, b * x + d * y + f)
    }

    func followed(by next: pdfium_matrix) -> pdfium_matrix {
        pdfium_matrix(
            a: a * next.a + b * next.c, b: a * next.b + b * next.d,
            c: c * next.a + d * next.c, d: c * next.b + d * next.d,
            e: e * next.a + f * next.c + next.e, f: e * next.b + f * next.d + next.f)
    }
}
