import DoclingDocument

/// What is kept of a page once its glyphs are gone: lines, tables and pictures, a few kilobytes a page.
struct PageLayout {
    /// From 1.
    var number: Int
    /// The size in the frame of the boxes; `turns` quarter turns clockwise make it the page as it is shown.
    var width: Float
    var height: Float
    var turns = 0
    /// In the order in which the page draws them.
    var lines: [LayoutLine] = []
    var tables: [LayoutTable] = []
    /// How many characters of each size, in fifths of a point, the page's tables hold, and how many of them are bold.
    var tableSizes: [Int: (all: Int, bold: Int)] = [:]
    var pictures: [LayoutPicture] = []
    /// Every word that runs to the right; kept where somebody asks for them.
    var words: [PageText.Word] = []
    var recognition: PageRecognitionNote?
    /// What the author says about it; empty where nothing is known or to be trusted.
    var elements: [TaggedElement] = []

    func role(of line: LayoutLine) -> TaggedElement.Role? {
        let index = Int(line.element) - 1
        return elements.indices.contains(index) ? elements[index].role : nil
    }

    var shownSize: (width: Float, height: Float) { turns & 1 == 0 ? (width, height) : (height, width) }

    func shown(_ box: Box) -> Box { box.turned(by: turns, width: width, height: height) }
}

/// A line of text.
struct LayoutLine {
    var text: String
    var box: Box
    var baseline: Float
    var size: Float
    var style: Glyph.Flags
    /// Its place in the page's order of drawing.
    var order: Int
    /// The width of its first word: whether that would have fitted on the line before tells a paragraph's end.
    var firstWordWidth: Float
    /// It begins with a small raised sign, as footnotes do.
    var startsRaised = false
    /// It runs sideways or upside down against the page's main text.
    var isSideways = false
    /// The picture it is a label of; index into the page's pictures.
    var picture: Int?
    var isRightToLeft = false
    /// The element of the page's structure that it belongs to, from 1; 0 for none, `Glyph.artifact` for what is no content.
    var element: UInt16 = 0
}

/// A table with its cells; rows from the top, columns from the left, both from 0.
struct LayoutTable {
    struct Cell {
        var text: String
        var row: Int
        var column: Int
        var rowSpan = 1
        var columnSpan = 1
        var box: Box
        var isHeader = false
        var isRowHeader = false
    }

    var box: Box
    var rows: Int
    var columns: Int
    var cells: [Cell]
    var order: Int
    /// A table of contents or another list of places in the document.
    var isIndex = false
    /// Its author has said which cells it has, in reading order, but perhaps not which of them are heads.
    var isStructured = false
}

/// A picture's place.
struct LayoutPicture {
    var box: Box
    var order: Int
    /// It lies under the text of the whole page.
    var isBackground = false
}
