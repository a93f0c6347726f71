extension SamplePages {
    /// A page of a journal: title and abstract across the page, below them two columns with a drawing and a footnote.
    static var article: PageCanvas {
        var page = PageCanvas()
        let (left, right, columnWidth) = (56.0, 539.0, 231.0)
        let middle = page.width / 2
        let body = PageCanvas.TextStyle(.timesRoman, 10, leading: 12.3)

        page.text("The slow drying of walnut ink on unsized paper", at: .init(middle, 768), .init(.timesBold, 17), anchor: .centre)
        let name = PageCanvas.TextStyle(.timesRoman, 11)
        var x = 184.0
        x = page.text("Mirela Oakden", raised: "1", at: .init(x, 744), name)
        page.text(", Tobin Farrow and Ines Calloway", at: .init(x, 744), name)
        let institute = PageCanvas.TextStyle(.timesItalic, 9.5)
        page.text("Institute for Slow Inks, Emberwick", at: .init(middle, 729), institute, anchor: .centre)
        page.text("Abstract", at: .init(middle, 705), .init(.timesBold, 10.5), anchor: .centre)
        var summary = PageCanvas.Column(left: 92, width: 411, y: 691)
        page.paragraph(abstract, .init(.timesRoman, 9, leading: 11), in: &summary)

        let top = summary.y - 16
        var column = PageCanvas.Column(left: left, width: columnWidth, y: top, bottom: 100)
        heading("1 Introduction", in: &column, on: &page)
        for text in introduction { page.paragraph(text, indent: 11, body, in: &column) }
        column.y -= 7
        heading("2 Materials and methods", in: &column, on: &page)
        for text in materials { page.paragraph(text, indent: 11, body, in: &column) }
        let rest = page.paragraph(method, indent: 11, body, in: &column)

        column = PageCanvas.Column(left: right - columnWidth, width: columnWidth, y: top, bottom: 60)
        page.paragraph(rest, body, in: &column)
        plot(at: .init(right - columnWidth + 26, column.y - 132), on: &page)
        column.y -= 162
        page.paragraph(caption, .init(.timesRoman, 8.6, leading: 10.4), in: &column)
        column.y -= 8
        heading("3 Results", in: &column, on: &page)
        heading("3.1 Sheets at rest", size: 10, in: &column, on: &page)
        page.paragraph(atRest, indent: 11, body, in: &column)
        column.y -= 7
        heading("3.2 Sheets in moving air", size: 10, in: &column, on: &page)
        page.paragraph(inAir, indent: 11, body, in: &column)
        column.y -= 7
        heading("4 Conclusion", in: &column, on: &page)
        page.paragraph(conclusion, indent: 11, body, in: &column)

        page.rule(y: 84, from: left, to: left + 70, thickness: 0.4)
        page.text("1", at: .init(left, 76.5), .init(.timesRoman, 5))
        var note = PageCanvas.Column(left: left + 4, width: columnWidth - 4, y: 73.5)
        page.paragraph(address, .init(.timesRoman, 8, leading: 9.6), in: &note)
        let foot = PageCanvas.TextStyle(.timesItalic, 8.5)
        page.text("Annals of Slow Inks 12", at: .init(left, 34), foot)
        page.text("217", at: .init(right, 34), .init(.timesRoman, 8.5), anchor: .right)
        return page
    }

    private static func heading(_ text: String, size: Double = 11.5, in column: inout PageCanvas.Column, on page: inout PageCanvas) {
        column.y -= 3
        page.text(text, at: .init(column.left, column.y), .init(.timesBold, size))
        column.y -= size + 4
    }

    /// Axes with numbers, and three curves that fall off.
    private static func plot(at corner: PageCanvas.Point, on page: inout PageCanvas) {
        let (width, height) = (190.0, 118.0)
        let label = PageCanvas.TextStyle(.helvetica, 7)
        page.line(from: corner, to: .init(corner.x + width, corner.y))
        page.line(from: corner, to: .init(corner.x, corner.y + height))
        for step in 0...4 {
            let (x, y) = (corner.x + Double(step) * 45, corner.y + Double(step) * 27)
            page.line(from: .init(x, corner.y), to: .init(x, corner.y - 3))
            page.text("\(step * 15)", at: .init(x, corner.y - 11), label, anchor: .centre)
            page.line(from: .init(corner.x - 3, y), to: .init(corner.x, y))
            page.text("\(step * 25)", at: .init(corner.x - 5, y - 2.5), label, anchor: .right)
        }
        let inks = [PageCanvas.Ink(0.1, 0.25, 0.6), PageCanvas.Ink(0.75, 0.3, 0.1), PageCanvas.Ink(0.1, 0.5, 0.3)]
        for (ink, kept) in zip(inks, [0.93, 0.82, 0.68]) {
            var share = 108.0
            var points: [PageCanvas.Point] = []
            for step in 0...12 {
                points.append(.init(corner.x + Double(step) * 15, corner.y + share))
                share *= kept
            }
            page.curve(through: points, thickness: 1.2, ink: ink)
        }
    }

    private static let abstract = """
        Walnut ink has been said to dry "while the kettle boils", yet nobody seems to have looked at the kettle. We weighed 240 sheets of
        unsized paper at rest, in a draught and over a stove, and found that the wet share of the ink falls by a third every nine minutes
        at rest and twice as fast in moving air. Heat alone does little.
        """

    private static let introduction = [
        """
        Scribes of the lower quarter leave their sheets on the sill overnight. The habit is older than the quarter's records, and the
        records are damp. A sheet that is turned too soon offsets on its neighbour; one that is turned too late has lost an evening.
        Between the two lies a span that every apprentice learns by ruining paper.
        """,
        """
        Earlier accounts give times between four minutes and a week. None says how wet the ink was, how thick the line, or where the sheet
        lay. Brask and Hollin alone weighed their sheets, but they weighed them in the open, where dew settles on paper and balance alike.
        """,
        """
        We take the weight of the sheet as the measure, which needs only a balance and patience, and ask three questions: how the wet share
        falls with time, what moving air changes, and whether the stove in the corner is worth its wood.
        """,
    ]

    private static let materials = [
        """
        Paper came from the Hollin mill in one delivery and was kept for a month in the room where it was to be used. The ink was boiled
        from green husks, strained twice through linen and thinned until a drop spread to the width of a thumb. It was stirred before each
        sheet, since its body sinks within the hour.
        """,
        """
        The balance came from an apothecary who had given up his trade. It shows the hundredth part of a gram, and was checked against the
        same three weights each morning and each night. Readings that were taken while carts passed in the street were struck out.
        """,
    ]

    private static let method = """
        Each sheet received forty lines of equal length from the same quill, which was cut anew after every tenth sheet. A second balance,
        read by an assistant who did not know the first reading, guarded against hope. Sheets were weighed before writing, at once after
        it, and then every three minutes for an hour; the difference to the dry weight, divided by the first difference, is the wet share
        that we report. The room was held between seventeen and nineteen degrees, and its door was kept shut. For the draught a
        paper fan was turned by clockwork at the far end of the table, which moved the air about as much as a person who walks past. The
        stove stood an arm's length away, and a thermometer hung above the sheets told the assistant when to open its flap. Sixty sheets
        were dried in each of these three ways; another sixty were left unwritten among them, so that whatever the paper takes from the air
        could be subtracted.
        """

    private static let caption = """
        Figure 1. Wet share of the ink in percent over an hour: at rest (upper curve), over a stove (middle) and in moving air (lower).
        """

    private static let atRest = """
        At rest the wet share falls along a smooth curve that a single number describes. After nine minutes two thirds are left, after an
        hour less than a tenth. The thickness of the line hardly matters below half a millimetre; beyond that the middle of the line stays
        wet under a skin, and the curve bends.
        """

    private static let inAir = """
        A draught that just moves a feather halves every time. A stronger one adds nothing but dust, and dust shortens the life of the
        quill. The stove, at the distance at which a hand is comfortable, was little better than the sill, which we did not expect.
        """

    private static let conclusion = """
        Sheets want air, not heat. A window that is open by a finger's width saves half an evening, and costs nothing but a weight on each
        sheet. Whether the same holds for sized paper, which drinks less, is for another winter.
        """

    private static let address = "Letters to the first author reach her at the Institute, 3 Galley Row, on every day but market days."
}
