/// Glyphs that stand together: `glyphs` of the page's array, in the order in which they are read.
struct Word {
    var box: Box
    var baseline: Float
    /// The largest font size in it.
    var size: Float
    var glyphs: Range<Int>
    /// The flags that more than half of the glyphs have.
    var style: Glyph.Flags
    var isRightToLeft: Bool
    /// PDFium began a new line before the word.
    var startsLine: Bool
    /// A white space or a gap that counts as one comes before the word; false where only the baseline changed.
    var followsSpace: Bool
    /// The element of the page's structure that it belongs to, as its glyphs have it.
    var element: UInt16 = 0
}
