/// A rectangle in points, measured from the bottom left corner of the page as it is shown.
struct Box: Equatable {
    var x0: Float
    var y0: Float
    var x1: Float
    var y1: Float

    /// Holds nothing; the union with it changes nothing.
    static let empty = Box(x0: .infinity, y0: .infinity, x1: -.infinity, y1: -.infinity)

    var width: Float { x1 - x0 }
    var height: Float { y1 - y0 }
    var midX: Float { (x0 + x1) / 2 }
    var midY: Float { (y0 + y1) / 2 }
    var area: Float { isEmpty ? 0 : width * height }
    var isEmpty: Bool { !(x1 >= x0 && y1 >= y0) }

    mutating func formUnion(_ other: Box) {
        x0 = min(x0, other.x0)
        y0 = min(y0, other.y0)
        x1 = max(x1, other.x1)
        y1 = max(y1, other.y1)
    }

    func union(_ other: Box) -> Box {
        var result = self
        result.formUnion(other)
        return result
    }

    func intersection(_ other: Box) -> Box {
        Box(x0: max(x0, other.x0), y0: max(y0, other.y0), x1: min(x1, other.x1), y1: min(y1, other.y1))
    }

    func expanded(by margin: Float) -> Box {
        Box(x0: x0 - margin, y0: y0 - margin, x1: x1 + margin, y1: y1 + margin)
    }

    func contains(x: Float, y: Float) -> Bool { x >= x0 && x <= x1 && y >= y0 && y <= y1 }

    func containsCentre(of other: Box) -> Bool { contains(x: other.midX, y: other.midY) }

    /// How much of the x axis both cover; negative is the gap between them.
    func overlapX(_ other: Box) -> Float { min(x1, other.x1) - max(x0, other.x0) }

    /// How much of the y axis both cover; negative is the gap between them.
    func overlapY(_ other: Box) -> Float { min(y1, other.y1) - max(y0, other.y0) }
}
