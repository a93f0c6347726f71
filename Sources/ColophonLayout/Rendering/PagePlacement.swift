/// A part of a page, in points from the upper left corner of the page as it is shown.
package struct PageArea: Sendable, Equatable {
    package var left: Float
    package var top: Float
    package var right: Float
    package var bottom: Float

    package init(left: Float, top: Float, right: Float, bottom: Float) {
        self.left = left
        self.top = top
        self.right = right
        self.bottom = bottom
    }

    var width: Float { right - left }
    var height: Float { bottom - top }
}

/// Where a whole page lies on a bitmap that shows a part of it, in pixels.
struct PagePlacement: Equatable {
    let x: Int32
    let y: Int32
    let width: Int32
    let height: Int32

    /// A tiny part of a huge page, shown large, would lead beyond what a bitmap's coordinates hold.
    private static let reachMax: Double = 1_000_000

    /// - Parameter size: The bitmap's.
    init(of page: PageArea, showing area: PageArea, in size: ImageSize) {
        guard area != page, area.width > 0, area.height > 0 else {
            (x, y, width, height) = (0, 0, Int32(size.width), Int32(size.height))
            return
        }
        let scaleX = Double(size.width) / Double(area.width)
        let scaleY = Double(size.height) / Double(area.height)
        func pixels(_ points: Float, _ scale: Double) -> Int32 {
            Int32(max(-Self.reachMax, min(Self.reachMax, (Double(points) * scale).rounded())))
        }
        x = pixels(-area.left, scaleX)
        y = pixels(-area.top, scaleY)
        width = pixels(page.width, scaleX)
        height = pixels(page.height, scaleY)
    }
}
