/// One visible character of a page. Kept small: a page may hold a hundred thousand.
struct Glyph {
    /// From the glyph's origin to its advance, and from the font's descent to its ascent.
    var box: Box
    /// The height of the baseline, in the frame in which the glyph's text runs to the right.
    var baseline: Float
    /// The font size as it is shown: nominal size times the scale of the text matrix.
    var size: Float
    var scalar: Unicode.Scalar
    /// The element of the page's structure that it belongs to, from 1; 0 for none, `artifact` for what is no content.
    var element: UInt16 = 0
    var flags: Flags
    /// Clockwise quarter turns of the direction in which the text runs, 0 to 3.
    var direction: UInt8

    static let artifact = UInt16.max

    struct Flags: OptionSet {
        let rawValue: UInt8
        /// The font could draw this, but it is white space.
        static let space = Flags(rawValue: 1)
        /// PDFium found a gap before the glyph wide enough for a space.
        static let afterGap = Flags(rawValue: 2)
        static let bold = Flags(rawValue: 4)
        static let italic = Flags(rawValue: 8)
        static let monospaced = Flags(rawValue: 16)
        /// Drawn in no colour, as the text layer of a scan is.
        static let invisible = Flags(rawValue: 32)
        /// PDFium began a new line before the glyph.
        static let afterBreak = Flags(rawValue: 64)
        /// From a font of signs, whose letters stand for pictures.
        static let symbol = Flags(rawValue: 128)
    }
}
