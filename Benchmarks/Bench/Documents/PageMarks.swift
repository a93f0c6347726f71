import ColophonSamples
import DoclingDocument

/// Draws over a page what was recognised on it: a box around each item in the colour of its kind, and the order of reading.
struct PageMarks {
    let document: DoclingDocument
    /// How many points a pixel of the image takes.
    let pixel: Double

    private static let digits = PageCanvas.TextStyle(.helveticaBold, 7.5, ink: .white)
    /// The line from item to item.
    private static let path = PageCanvas.Ink.grey(0.6)

    /// What is drawn for one place of an item.
    private struct Mark {
        /// The item's place in the order of reading; nil for labels within a drawing, which need none.
        var number: Int?
        /// Measured from the page's lower left corner.
        var box: BoundingBox
        var ink: PageCanvas.Ink
    }

    func draw(on page: inout PageCanvas) throws {
        let marks = try marks(pageHeight: page.height)
        for cell in document.tables.flatMap(\.data.cells) {
            guard let box = cell.bbox?.fromBottomLeft(pageHeight: page.height) else { continue }
            frame(box, pixels: 0.7, Self.ink(of: .table), on: &page)
        }
        for mark in marks { frame(mark.box, pixels: mark.number == nil ? 0.7 : 2, mark.ink, on: &page) }
        let numbered = marks.compactMap { mark in mark.number.map { (mark: mark, tag: tag(of: mark.box, "\($0)"), text: "\($0)") } }
        for (from, to) in zip(numbered, numbered.dropFirst()) {
            page.line(from: Self.middle(of: from.tag), to: Self.middle(of: to.tag), thickness: 1.3 * pixel, ink: Self.path)
        }
        for (mark, tag, text) in numbered {
            page.area(.init(tag.left, tag.bottom), width: tag.width, height: tag.height, ink: mark.ink)
            page.text(text, at: .init((tag.left + tag.right) / 2, tag.bottom + 2), Self.digits, anchor: .centre)
        }
    }

    /// An item that lies in two columns has a mark in each, of one number.
    private func marks(pageHeight: Double) throws -> [Mark] {
        var marks: [Mark] = []
        var numbers: [String: Int] = [:]
        for place in try document.places(pageNumber: 1, textCharactersMax: 0, limit: 1_000) {
            let box = place.box.fromBottomLeft(pageHeight: pageHeight)
            let parent = document.node(at: Reference(place.selfRef))?.parent?.pointer ?? ""
            if parent.hasPrefix("#/pictures/"), place.label != .caption {
                marks.append(Mark(number: nil, box: box, ink: Self.ink(of: .picture)))
            } else {
                let number = numbers[place.selfRef] ?? numbers.count + 1
                numbers[place.selfRef] = number
                marks.append(Mark(number: number, box: box, ink: Self.ink(of: place.label)))
            }
        }
        return marks
    }

    private func frame(_ box: BoundingBox, pixels: Double, _ ink: PageCanvas.Ink, on page: inout PageCanvas) {
        page.frame(.init(box.left, box.bottom), width: box.width, height: box.height, thickness: pixels * pixel, ink: ink)
    }

    /// Left of the box's upper left corner, where it covers no text.
    private func tag(of box: BoundingBox, _ text: String) -> BoundingBox {
        let width = Self.digits.width(of: text) + 4
        let left = max(box.left - width - pixel, 1)
        return BoundingBox(left: left, top: box.top + pixel, right: left + width, bottom: box.top + pixel - 9.5, origin: .bottomLeft)
    }

    private static func middle(of box: BoundingBox) -> PageCanvas.Point { .init((box.left + box.right) / 2, (box.top + box.bottom) / 2) }

    private static func ink(of label: DocItemLabel) -> PageCanvas.Ink {
        switch label {
        case .title, .sectionHeader: .init(0.80, 0.13, 0.13)
        case .listItem: .init(0.00, 0.53, 0.56)
        case .table, .documentIndex: .init(0.10, 0.53, 0.20)
        case .picture: .init(0.50, 0.20, 0.68)
        case .caption: .init(0.88, 0.47, 0.00)
        case .footnote: .init(0.48, 0.32, 0.18)
        case .code: .init(0.82, 0.13, 0.52)
        case .pageHeader, .pageFooter: .grey(0.5)
        default: .init(0.13, 0.38, 0.80)
        }
    }
}
