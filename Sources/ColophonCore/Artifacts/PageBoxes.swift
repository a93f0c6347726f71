import DoclingDocument

/// Where the items of one page lie on it, to be drawn over its image.
package struct PageBoxes: Sendable, Equatable {
    /// More are left out.
    package static let boxesMax = 5000
    /// Longer texts are cut.
    package static let textCharactersMax = 200

    package struct Box: Sendable, Equatable {
        /// As DoclingDocument calls it, such as `section_header`.
        package var label: String
        package var text: String
        /// The item in the structure, such as `#/texts/3`.
        package var ref: String
        /// In points from the page's top left corner, in hundredths; left is not beyond right, nor top beyond bottom.
        package var left: Double
        package var top: Double
        package var right: Double
        package var bottom: Double
    }

    /// From 1.
    package var pageNumber: Int
    /// In points, 1/72 inch.
    package var width: Double
    package var height: Double
    /// In reading order, what repeats on pages included.
    package var boxes: [Box]

    /// Nil when the document has no such page.
    init?(_ number: Int, of document: DoclingDocument) throws(DoclingDocumentError) {
        guard let page = document.pages[number] else { return nil }
        pageNumber = number
        width = page.size.width
        height = page.size.height
        boxes = try document.places(pageNumber: number, textCharactersMax: Self.textCharactersMax, limit: Self.boxesMax).map { Box($0) }
    }
}

extension PageBoxes.Box {
    init(_ place: ItemPlace) {
        let box = place.box
        self.init(
            label: place.label.rawValue, text: place.text, ref: place.selfRef, left: Self.hundredths(min(box.left, box.right)),
            top: Self.hundredths(min(box.top, box.bottom)), right: Self.hundredths(max(box.left, box.right)),
            bottom: Self.hundredths(max(box.top, box.bottom)))
    }

    private static func hundredths(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}
