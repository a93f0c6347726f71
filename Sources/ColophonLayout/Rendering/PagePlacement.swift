import DoclingDocument

/// Where a whole page lies on a bitmap that shows a part of it, in pixels.
struct PagePlacement: Equatable {
    let x: Int32
    let y: Int32
    let width: Int32
    let height: Int32

    /// A tiny part of a huge page, shown large, would lead beyond what a bitmap's coordinates hold.
    private static let reachMax: Double = 1_000_000

    /// - Parameters:
    ///   - page: The page's own box, measured from its upper left corner as the area is.
    ///   - size: The bitmap's.
    init(of page: BoundingBox, showing area: BoundingBox, in size: ImageSize) {
        guard area != page, area.width > 0, area.height > 0 else {
            (x, y, width, height) = (0, 0, Int32(size.width), Int32(size.height))
            return
        }
        let scaleX = Double(size.width) / area.width
        let scaleY = Double(size.height) / area.height
        func pixels(_ points: Double, _ scale: Double) -> Int32 {
            Int32(max(-Self.reachMax, min(Self.reachMax, (points * scale).rounded())))
        }
        x = pixels(-area.left, scaleX)
        y = pixels(-area.top, scaleY)
        width = pixels(page.width, scaleX)
        height = pixels(page.height, scaleY)
    }
}
