import DoclingDocument

/// How the coordinates within a group of shapes lie on the slide.
struct SlideFrame {
    private var offset = (x: 0.0, y: 0.0)
    private var scale = (x: 1.0, y: 1.0)

    /// That of the slide itself.
    init() {}

    /// - Parameter transform: The `xfrm` of a group; without one its shapes lie as if it were not there.
    init(_ transform: XMLElement?, within outer: SlideFrame) {
        self = outer
        guard let transform, let box = Self.box(transform), let inner = Self.pair(transform.child("chOff"), "x", "y"),
            let extent = Self.pair(transform.child("chExt"), "cx", "cy"), extent.0 > 0, extent.1 > 0
        else { return }
        scale = (outer.scale.x * box.width / extent.0, outer.scale.y * box.height / extent.1)
        offset = (
            outer.offset.x + box.left * outer.scale.x - inner.0 * scale.x, outer.offset.y + box.top * outer.scale.y - inner.1 * scale.y
        )
    }

    /// Where a shape with this `xfrm` lies; `nil` when it does not say.
    func box(_ transform: XMLElement?) -> BoundingBox? {
        guard let box = transform.flatMap(Self.box) else { return nil }
        let placed = BoundingBox(
            left: offset.x + box.left * scale.x, top: offset.y + box.top * scale.y, right: offset.x + box.right * scale.x,
            bottom: offset.y + box.bottom * scale.y)
        // Groups within groups may scale beyond all numbers.
        return [placed.left, placed.top, placed.right, placed.bottom].allSatisfy(\.isFinite) ? placed : nil
    }

    private static func box(_ transform: XMLElement) -> BoundingBox? {
        guard let (x, y) = pair(transform.child("off"), "x", "y"), let (width, height) = pair(transform.child("ext"), "cx", "cy") else {
            return nil
        }
        return BoundingBox(left: x, top: y, right: x + width, bottom: y + height)
    }

    private static func pair(_ element: XMLElement?, _ first: String, _ second: String) -> (Double, Double)? {
        guard let first = element?[first].flatMap({ Int32($0) }), let second = element?[second].flatMap({ Int32($0) }) else { return nil }
        return (Double(first), Double(second))
    }
}
