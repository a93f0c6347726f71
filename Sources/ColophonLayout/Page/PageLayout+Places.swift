import DoclingDocument

/// Where a page's items are, as documents say it: on the page as it is shown.
extension PageLayout {
    func bbox(_ box: Box) -> BoundingBox {
        let shown = shown(box)
        return BoundingBox(
            left: Double(shown.x0), top: Double(shown.y1), right: Double(shown.x1), bottom: Double(shown.y0), origin: .bottomLeft)
    }

    /// The words that were kept, which are then no more kept here.
    mutating func takeWords() -> PageText {
        defer { words = [] }
        return PageText(number: number, width: width, height: height, turns: turns, words: words)
    }

    func provenance(_ box: Box, _ text: String) -> Provenance { Provenance(pageNumber: number, bbox: bbox(box), text: text) }
}
