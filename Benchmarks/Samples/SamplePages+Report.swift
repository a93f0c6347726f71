extension SamplePages {
    /// A page of a report: running head, headings of two levels, a table between three rules, nested lists.
    static var report: PageCanvas {
        var page = PageCanvas()
        let (left, right) = (72.0, 523.0)
        let head = PageCanvas.TextStyle(.helvetica, 8.5, ink: .grey(0.3))
        let body = PageCanvas.TextStyle(.helvetica, 10, leading: 13.5)
        page.text("Emberwick Harbour Office: Report on the Lantern Round", at: .init(left, 800), head)
        page.text("6", at: .init(right, 800), head, anchor: .right)

        var column = PageCanvas.Column(left: left, width: right - left, y: 756)
        section("2 The round", size: 15, in: &column, on: &page)
        page.paragraph(round, body, in: &column)
        column.y -= 12
        section("2.1 Lanterns by quay", size: 12, in: &column, on: &page)
        page.paragraph(quays, body, in: &column)
        column.y -= 8
        page.text(caption, at: .init(left, column.y), .init(.helvetica, 9))
        column.y -= 8
        quayTable(from: &column.y, left: left + 30, right: right - 30, on: &page)
        column.y -= 10
        page.paragraph(reading, body, in: &column)
        column.y -= 12
        section("2.2 What the keepers carry", size: 12, in: &column, on: &page)
        page.paragraph("Every keeper sets out with the same load, which the office checks at dusk:", body, in: &column)
        column.y -= 4
        for (level, text) in load {
            page.item(level == 0 ? "\u{2022}" : "\u{2013}", text, level: level, body, in: &column)
            column.y -= 2
        }
        column.y -= 10
        section("2.3 Order of work", size: 12, in: &column, on: &page)
        page.paragraph("At each lantern the keeper does four things, in this order and no other.", body, in: &column)
        column.y -= 4
        for (index, text) in steps.enumerated() {
            page.item("\(index + 1).", text, body, in: &column)
            column.y -= 2
        }
        column.y -= 10
        section("2.4 What to change", size: 12, in: &column, on: &page)
        for text in changes {
            page.paragraph(text, body, in: &column)
            column.y -= 7
        }
        return page
    }

    private static func section(_ text: String, size: Double, in column: inout PageCanvas.Column, on page: inout PageCanvas) {
        page.text(text, at: .init(column.left, column.y), .init(.helveticaBold, size))
        column.y -= size + 6
    }

    /// Three rules across and none down.
    private static func quayTable(from y: inout Double, left: Double, right: Double, on page: inout PageCanvas) {
        let ends = [left, left + 170, left + 250, left + 320, right]
        page.rule(y: y, from: left, to: right, thickness: 1)
        for (number, row) in quayRows.enumerated() {
            y -= number == 1 ? 16 : 14
            let style = PageCanvas.TextStyle(number == 0 ? .helveticaBold : .helvetica, 9.5)
            for (index, text) in row.enumerated() {
                let point = PageCanvas.Point(index == 0 ? left + 4 : ends[index] - 4, y)
                page.text(text, at: point, style, anchor: index == 0 ? .left : .right)
            }
            if number == 0 { page.rule(y: y - 5, from: left, to: right, thickness: 0.6) }
        }
        y -= 6
        page.rule(y: y, from: left, to: right, thickness: 1)
        y -= 14
    }

    private static let caption = "Table 1: Lanterns on the round, and nights on which one of them was out"

    private static let quayRows = [
        ["Quay", "Lanterns", "Keepers", "Nights out", "Oil, litres"],
        ["Customs side", "42", "3", "5", "311"],
        ["Lower quay", "58", "4", "11", "467"],
        ["Salt steps", "17", "1", "2", "126"],
        ["Ferry landing", "23", "2", "0", "184"],
        ["All quays", "140", "10", "18", "1,088"],
    ]

    private static let round = """
        The round begins at the customs house when the evening bell has rung and ends at the ferry landing before the first boat. In the
        spring quarter it was walked on ninety-one nights. Fog kept the keepers from the lower quay on two of them, and the ferry landing
        was lit from the water.
        """

    private static let quays = """
        Since the salt steps were repaired, the harbour has one hundred and forty lanterns again. Table 1 counts a lantern as out when it
        burned for less than half of the night.
        """

    private static let reading = """
        The lower quay stands out, as it did in every spring before. Its lanterns hang over the water, where spray reaches the wicks, and
        four keepers cannot be everywhere at once.
        """

    private static let changes = [
        """
        Two of the keepers of the customs side could walk the far half of the lower quay on nights with wind from the sea. They pass its
        first lantern anyway, and their own panes are dry by then. Tried for a week in April, this left one lantern out instead of three.
        """,
        """
        The brackets at the corner where the ferry turns should be hung a hand's breadth higher before autumn. The smith asks eleven crowns
        for each of them, and the masts of the ferry have touched two of them since the new year.
        """,
    ]

    private static let load: [(level: Int, text: String)] = [
        (0, "A can of oil, filled to the mark"),
        (1, "rape seed oil from autumn to spring"),
        (1, "lamp spirit in frost, which must not be mixed with oil in the same can"),
        (0, "A pouch with wicks, scissors and a spare burner"),
        (0, "A cloth for the panes, and a second one that has never touched oil"),
    ]

    private static let steps = [
        "Lower the lantern, put out what is left of the flame, and wait until the glass can be touched.",
        "Trim the wick to the height of a barley corn; replace it when it is shorter than a finger.",
        "Fill the font to the mark, and wipe away what has been spilt.",
        "Light the wick, close the pane, raise the lantern, and look back once from the next one.",
    ]
}
