extension SamplePages {
    /// A statement of income without a single line: years over columns of numbers, rows in groups.
    static var figures: PageCanvas {
        var page = PageCanvas()
        let (left, right) = (70.0, 525.0)
        let ends = [right - 170, right - 85, right]
        let body = PageCanvas.TextStyle(.timesRoman, 10.5, leading: 14)

        page.text("Quillfeather Lantern Works", at: .init(left, 764), .init(.timesBold, 18))
        page.text("Statement of income", at: .init(left, 736), .init(.timesBold, 13.5))
        var column = PageCanvas.Column(left: left, width: right - left, y: 712)
        page.paragraph(preface, body, in: &column)

        var y = column.y - 16
        let head = PageCanvas.TextStyle(.timesBold, 10.5)
        for (year, end) in zip(["2030", "2029", "2028"], ends) { page.text(year, at: .init(end, y), head, anchor: .right) }
        for row in income {
            y -= row.isGroup ? 22 : 15
            let style = PageCanvas.TextStyle(row.isGroup || row.isTotal ? .timesBold : .timesRoman, 10.5)
            page.text(row.name, at: .init(left + (row.isGroup || row.isTotal ? 0 : 10), y), style)
            for (amount, end) in zip(row.amounts, ends) {
                // The closing bracket of what is taken off hangs out, so that the digits align.
                let hang = amount.hasSuffix(")") ? style.width(of: ")") : 0
                page.text(amount, at: .init(end + hang, y), style, anchor: .right)
            }
        }

        column.y = y - 40
        page.text("Notes to the statement", at: .init(left, column.y), .init(.timesBold, 13.5))
        column.y -= 20
        for note in notes {
            page.paragraph(note, body, in: &column)
            column.y -= 6
        }
        page.text("23", at: .init(page.width / 2, 40), .init(.timesRoman, 9.5), anchor: .centre)
        return page
    }

    private struct IncomeRow {
        var name: String
        var amounts: [String] = []
        var isTotal = false

        /// It only heads the rows below.
        var isGroup: Bool { amounts.isEmpty }
    }

    private static let income = [
        IncomeRow(name: "Revenue"),
        IncomeRow(name: "Lanterns", amounts: ["4,812", "4,377", "4,190"]),
        IncomeRow(name: "Panes and wicks", amounts: ["1,264", "1,198", "1,021"]),
        IncomeRow(name: "Fitting and repairs", amounts: ["903", "871", "764"]),
        IncomeRow(name: "Total revenue", amounts: ["6,979", "6,446", "5,975"], isTotal: true),
        IncomeRow(name: "Cost of goods"),
        IncomeRow(name: "Brass and glass", amounts: ["(2,318)", "(2,150)", "(2,004)"]),
        IncomeRow(name: "Oil and cotton", amounts: ["(417)", "(398)", "(352)"]),
        IncomeRow(name: "Wages of the workshop", amounts: ["(1,906)", "(1,811)", "(1,745)"]),
        IncomeRow(name: "Total cost of goods", amounts: ["(4,641)", "(4,359)", "(4,101)"], isTotal: true),
        IncomeRow(name: "Other expenses"),
        IncomeRow(name: "Rent of the workshop and the yard", amounts: ["(612)", "(600)", "(588)"]),
        IncomeRow(name: "Carts, boats and postage", amounts: ["(288)", "(301)", "(276)"]),
        IncomeRow(name: "Wear of tools", amounts: ["(194)", "(187)", "(179)"]),
        IncomeRow(name: "Income before the lantern levy", amounts: ["1,244", "999", "831"], isTotal: true),
        IncomeRow(name: "Lantern levy", amounts: ["(100)", "(80)", "(66)"]),
        IncomeRow(name: "Income of the year", amounts: ["1,144", "919", "765"], isTotal: true),
    ]

    private static let preface = """
        For the years that ended on the last day of December, in thousands of crowns. Amounts in brackets are taken off.
        """

    private static let notes = [
        """
        Revenue is counted when the lantern hangs and burns. Orders that were paid but not yet fitted at the end of the year amounted to
        thirty-one thousand crowns and are not part of it.
        """,
        """
        Rent rose because the yard behind the workshop was taken on in June. The boat that was sold in the same month had been written off
        two years before, so that its price is part of the revenue from repairs.
        """,
        """
        The lantern levy is eight percent of the income that the town counts, which leaves out what is earned from lanterns of its own
        quays. Nothing is owed for earlier years.
        """,
    ]
}
