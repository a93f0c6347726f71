extension SamplePages {
    /// An invoice: letterhead, address, a table ruled all over, totals, terms, and a foot in three columns.
    static var invoice: PageCanvas {
        var page = PageCanvas()
        let (left, right) = (64.0, 531.0)
        let body = PageCanvas.TextStyle(.helvetica, 9.5, leading: 13)
        let small = PageCanvas.TextStyle(.helvetica, 7.5, leading: 10, ink: .grey(0.35))

        page.area(.init(left, 770), width: 22, height: 22, ink: .init(0.85, 0.6, 0.15))
        page.text("Quillfeather Lantern Works", at: .init(left + 32, 775), .init(.helveticaBold, 16))
        page.lines(["14 Tallow Lane", "Emberwick 4107", "lamps@quillfeather.example"], at: .init(right, 786), small, anchor: .right)

        page.lines(customer, at: .init(left, 706), body)
        let facts = [("Invoice number", "Q-20417"), ("Invoice date", "14 March 2031"), ("Customer", "C-0883"), ("Due by", "13 April 2031")]
        for (index, fact) in facts.enumerated() {
            let y = 706 - 13 * Double(index)
            page.text(fact.0, at: .init(360, y), body)
            page.text(fact.1, at: .init(right, y), body, anchor: .right)
        }

        page.text("Invoice Q-20417", at: .init(left, 622), .init(.helveticaBold, 14))
        var column = PageCanvas.Column(left: left, width: right - left, y: 600)
        page.paragraph(greeting, body, in: &column)

        let bottom = orders(from: column.y - 2, left: left, right: right, body, on: &page)
        var y = bottom - 18
        for (label, amount) in [("Net total", "2,291.40"), ("Lantern levy 8 %", "183.31")] {
            page.text(label, at: .init(380, y), body)
            page.text(amount, at: .init(right - 6, y), body, anchor: .right)
            y -= 14
        }
        page.rule(y: y + 10, from: 380, to: right, thickness: 0.8)
        page.text("Amount due in crowns", at: .init(380, y - 2), .init(.helveticaBold, 9.5))
        page.text("2,474.71", at: .init(right - 6, y - 2), .init(.helveticaBold, 9.5), anchor: .right)

        column.y = y - 44
        page.text("Terms of payment", at: .init(left, column.y), .init(.helveticaBold, 11))
        column.y -= 17
        for term in terms {
            page.paragraph(term, body, in: &column)
            column.y -= 5
        }
        page.text("With kind regards from the workshop", at: .init(left, column.y - 12), body)

        page.rule(y: 74, from: left, to: right, thickness: 0.4, ink: .grey(0.5))
        let feet = [
            ["Quillfeather Lantern Works", "Owner: Bram Quillfeather"], ["Bank of Emberwick", "Account 00 417 233"],
            ["Register of Trades 7716", "www.quillfeather.example"],
        ]
        for (index, foot) in feet.enumerated() { page.lines(foot, at: .init(left + 165 * Double(index), 60), small) }
        return page
    }

    /// A grid with a grey head; numbers stand at the right of their cells.
    ///
    /// - Returns: Where it ends.
    private static func orders(
        from top: Double, left: Double, right: Double, _ body: PageCanvas.TextStyle, on page: inout PageCanvas
    ) -> Double {
        let edges = [left, left + 34, left + 262, left + 322, left + 394, right]
        let height = 20.0
        let bottom = top - height * Double(orderRows.count)
        page.area(.init(left, top - height), width: right - left, height: height, ink: .grey(0.9))
        for row in 0...orderRows.count { page.rule(y: top - height * Double(row), from: left, to: right, thickness: 0.5) }
        for edge in edges { page.line(from: .init(edge, top), to: .init(edge, bottom), thickness: 0.5) }
        for (number, row) in orderRows.enumerated() {
            let y = top - height * Double(number) - 13
            var style = body
            if number == 0 { style.font = .helveticaBold }
            for (index, text) in row.enumerated() {
                if index < 2 {
                    page.text(text, at: .init(edges[index] + 6, y), style)
                } else {
                    page.text(text, at: .init(edges[index + 1] - 6, y), style, anchor: .right)
                }
            }
        }
        return bottom
    }

    private static let customer = ["Harbour Museum of Saltmarsh", "Attn. Ms Odile Brandt", "2 Customs Quay", "Saltmarsh 2290"]

    private static let orderRows = [
        ["No.", "Article", "Quantity", "Unit price", "Amount"],
        ["1", "Quay lantern, brass, four panes", "6", "182.50", "1,095.00"],
        ["2", "Spare pane, hand-blown, bottle green", "24", "11.20", "268.80"],
        ["3", "Wick, braided cotton, roll of ten metres", "12", "4.30", "51.60"],
        ["4", "Lamp oil, rape seed, can of five litres", "20", "23.40", "468.00"],
        ["5", "Wall bracket with swan neck", "6", "46.00", "276.00"],
        ["6", "Fitting on site, half a day", "1", "132.00", "132.00"],
    ]

    private static let greeting = """
        Dear Ms Brandt, thank you for your order of 2 March. We delivered the lanterns on 11 March and hung them along the customs side of
        your yard, as agreed with your caretaker. For goods and work we charge:
        """

    private static let terms = [
        """
        Please pay the amount due within thirty days, quoting the number of the invoice. If you pay within ten days, you may deduct two
        percent. Goods remain ours until they have been paid in full.
        """,
        """
        Panes are warranted against cracks from frost for two winters. Wicks and oil are not returned once the roll has been cut or the
        can has been opened.
        """,
    ]
}
