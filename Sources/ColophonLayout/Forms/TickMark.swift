/// The signs for boxes that are ticked and not. Fields become such signs among a page's glyphs, so that they go the way of all others.
enum TickMark {
    private static let empty: Unicode.Scalar = "\u{2610}"
    private static let ticked: Unicode.Scalar = "\u{2611}"
    private static let crossed: Unicode.Scalar = "\u{2612}"

    static func sign(isTicked: Bool) -> Unicode.Scalar { isTicked ? ticked : empty }

    /// Whether a sign is that of a box that is ticked; `nil` for other signs.
    static func isTicked(_ scalar: Unicode.Scalar) -> Bool? {
        switch scalar {
        case empty: false
        case ticked, crossed: true
        default: nil
        }
    }

    /// A text that begins with a box as its boxes, each with what follows it up to the next; none for other texts.
    static func items(of text: String) -> [(isTicked: Bool, text: String)] {
        guard let first = text.unicodeScalars.first, isTicked(first) != nil else { return [] }
        var items: [(isTicked: Bool, text: String)] = []
        for scalar in text.unicodeScalars {
            if let isTicked = isTicked(scalar) {
                items.append((isTicked, ""))
            } else if !(items[items.count - 1].text.isEmpty && scalar == " ") {
                items[items.count - 1].text.unicodeScalars.append(scalar)
            }
        }
        for index in items.indices { while items[index].text.last == " " { items[index].text.removeLast() } }
        return items
    }
}
