/// Words that follow each other on one baseline.
struct TextLine {
    var box: Box
    var baseline: Float
    /// The font size of most of its characters.
    var size: Float
    /// Indices into the page's words, in reading order.
    var words: [Int32]
    /// The flags that most of its characters have.
    var style: Glyph.Flags
    var isRightToLeft: Bool
    /// The place of its first word in the page's order of drawing.
    var order: Int
    /// The element of the page's structure that all its words belong to.
    var element: UInt16 = 0
}
