import CPDFium

/// Maps PDF user space to the page as it is shown: crop box to the origin, then `/Rotate`, then scaled down if it is too large.
struct PageTransform {
    private let crop: pdfium_rectangle
    /// Clockwise quarter turns, 0 to 3.
    private let turns: Int
    private let scale: Float
    /// The size of the page as it is shown.
    let width: Float
    let height: Float

    init(crop: pdfium_rectangle, turns: Int, maxSide: Float) {
        let cropWidth = max(crop.right - crop.left, 0)
        let cropHeight = max(crop.top - crop.bottom, 0)
        let longest = max(cropWidth, cropHeight)
        scale = longest > maxSide ? maxSide / longest : 1
        self.crop = crop
        self.turns = turns & 3
        width = min((turns & 1 == 0 ? cropWidth : cropHeight) * scale, maxSide)
        height = min((turns & 1 == 0 ? cropHeight : cropWidth) * scale, maxSide)
    }

    var lengthScale: Float { scale }

    func point(_ x: Float, _ y: Float) -> (x: Float, y: Float) {
        let u = (x - crop.left) * scale
        let v = (y - crop.bottom) * scale
        switch turns {
        case 1: return (v, height - u)
        case 2: return (width - u, height - v)
        case 3: return (width - v, u)
        default: return (u, v)
        }
    }

    func box(left: Float, bottom: Float, right: Float, top: Float) -> Box {
        let a = point(left, bottom)
        let b = point(right, top)
        return Box(x0: min(a.x, b.x), y0: min(a.y, b.y), x1: max(a.x, b.x), y1: max(a.y, b.y))
    }

    /// The direction in which text with this matrix runs on the shown page, in clockwise quarter turns; `nil` when it is slanted.
    func direction(of matrix: pdfium_matrix) -> Int? {
        let horizontal = abs(matrix.a) >= abs(matrix.b)
        let slant = horizontal ? abs(matrix.b) / max(abs(matrix.a), 1e-6) : abs(matrix.a) / max(abs(matrix.b), 1e-6)
        guard slant < 0.2 else { return nil }
        let own = horizontal ? (matrix.a >= 0 ? 0 : 2) : (matrix.b >= 0 ? 3 : 1)
        return (own + turns) & 3
    }
}
