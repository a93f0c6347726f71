import DoclingDocument

/// Where a page's items are, as documents say it: on the page as it is shown.
extension PageLayout {
    func bbox(_ box: Box) -> BoundingBox {
        let shown = shown(box)
        return BoundingBox(
            left: shown.x0.inThousandths, top: shown.y1.inThousandths, right: shown.x1.inThousandths, bottom: shown.y0.inThousandths,
            origin: .bottomLeft)
    }

    /// The words that were kept, which are then no more kept here.
    mutating func takeWords() -> PageText {
        defer { words = [] }
        return PageText(number: number, width: width, height: height, turns: turns, words: words)
    }

    func provenance(_ box: Box, _ text: String) -> Provenance { Provenance(pageNumber: number, bbox: bbox(box), text: text) }
}

extension Float {
    /// The nearest thousandth: more of a point says nothing, and takes twice the room in JSON.
    var inThousandths: Double {
        // The sum makes a plain zero of a negative one.
        (Double(self) * 1000).rounded() / 1000 + 0
    }
}
