/// What one page draws, in the frame in which most of its text stands upright.
struct PageContent {
    /// The size of the page in this frame.
    var width: Float
    var height: Float
    /// Clockwise quarter turns from this frame to the page as it is shown.
    var turns = 0
    var glyphs: [Glyph] = []
    var rulings: [Ruling] = []
    /// Filled, roughly axis-parallel rectangles that are too thick for a line.
    var fills: [Box] = []
    var images: [Box] = []
    /// Curves, slanted lines and other shapes that no table has.
    var drawings: [Drawing] = []

    /// It could not be loaded.
    var isDamaged = false
    /// Whether the text that it shows in an image was recognised; nil where it has text of its own, or none.
    var isRecognized: Bool?
    var recognition: PageRecognitionNote?
    /// What the author says about it, as far as geometry does not contradict; then glyphs come in its order.
    var structure: PageStructure?

    var bounds: Box { Box(x0: 0, y0: 0, x1: width, y1: height) }

    /// A box of this frame on the page as it is shown.
    func shown(_ box: Box) -> Box {
        box.turned(by: turns, width: width, height: height)
    }
}

/// A shape with curves or slanted edges.
struct Drawing {
    var box: Box
    /// How many of its edges are curved or slanted.
    var edges: Int
}

/// A straight line along an axis: `position` on the other axis, `start` to `end` along its own.
struct Ruling {
    var isHorizontal: Bool
    var position: Float
    var start: Float
    var end: Float

    var length: Float { end - start }
}

extension Box {
    /// The box after its frame of this size was turned clockwise by quarter turns.
    func turned(by turns: Int, width: Float, height: Float) -> Box {
        switch turns & 3 {
        case 1: Box(x0: y0, y0: width - x1, x1: y1, y1: width - x0)
        case 2: Box(x0: width - x1, y0: height - y1, x1: width - x0, y1: height - y0)
        case 3: Box(x0: height - y1, y0: x0, x1: height - y0, y1: x1)
        default: self
        }
    }
}
