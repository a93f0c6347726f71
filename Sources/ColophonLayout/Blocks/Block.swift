/// Lines that make one item of the document.
struct Block {
    enum Kind: Equatable {
        case text
        /// The level is told by numbers and sizes where it is not known.
        case heading(level: Int?)
        case listItem(ListMarker.Kind)
        /// Boxes to tick, each with its text.
        case tickBoxes
        case caption
        case footnote
        case code
        case furniture(isHeader: Bool)
        /// Index into the page's tables.
        case table(Int)
        /// Index into the page's pictures.
        case picture(Int)
    }

    var kind: Kind = .text
    /// Indices into the page's lines.
    var lines: [Int] = []
    var box: Box
    var size: Float = 0
    var style: Glyph.Flags = []
    /// From baseline to baseline, as soon as there are two lines.
    var leading: Float?
    /// Its place in the page's order of drawing.
    var order: Int
    var isRightToLeft = false
    /// The element of the page's structure that its lines belong to; 0 for none.
    var element: UInt16 = 0
}
