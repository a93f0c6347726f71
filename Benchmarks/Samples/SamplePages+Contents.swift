extension SamplePages {
    /// A table of contents of three levels, with rows of dots.
    static var contents: PageCanvas {
        var page = PageCanvas()
        let (left, right) = (80.0, 515.0)
        page.text("The Keeper's Handbook", at: .init(left, 772), .init(.timesItalic, 11))
        page.text("Contents", at: .init(left, 730), .init(.timesBold, 20))
        var y = 696.0
        for entry in entries {
            if entry.level == 0 { y -= 7 }
            let style = PageCanvas.TextStyle(entry.level == 0 ? .timesBold : .timesRoman, 11)
            let start = left + [0, 18, 42][entry.level]
            page.text(entry.title, at: .init(start, y), style)
            page.text(entry.page, at: .init(right, y), style, anchor: .right)
            // The dots of all rows stand in the same places.
            let dots = PageCanvas.TextStyle(.timesRoman, 11)
            let step = dots.width(of: " .")
            let room = right - 20 - start - style.width(of: entry.title) - 3
            page.text(String(repeating: " .", count: Int(room / step)), at: .init(right - 20, y), dots, anchor: .right)
            y -= 15.5
        }
        page.text("iii", at: .init(page.width / 2, 44), .init(.timesRoman, 10), anchor: .centre)
        return page
    }

    private static let entries: [(level: Int, title: String, page: String)] = [
        (0, "To the reader", "v"),
        (0, "1 The lantern", "1"),
        (1, "1.1 Its parts and what they are called", "2"),
        (1, "1.2 Glass", "6"),
        (2, "1.2.1 Panes, blown and poured", "7"),
        (2, "1.2.2 Cleaning without scratches", "11"),
        (1, "1.3 The burner and its font", "14"),
        (0, "2 Oil and wick", "19"),
        (1, "2.1 Oils by season", "20"),
        (2, "2.1.1 What thickens in frost", "23"),
        (2, "2.1.2 What smokes in summer", "25"),
        (1, "2.2 Choosing a wick", "28"),
        (1, "2.3 Trimming", "31"),
        (0, "3 The round", "37"),
        (1, "3.1 Setting out", "38"),
        (1, "3.2 Fog, spray and wind", "43"),
        (2, "3.2.1 Over water", "45"),
        (2, "3.2.2 On stairs", "48"),
        (1, "3.3 The keeper's log", "52"),
        (0, "4 When a lantern fails", "61"),
        (1, "4.1 Flames that flicker", "62"),
        (1, "4.2 Flames that go out", "66"),
        (2, "4.2.1 Water in the font", "67"),
        (2, "4.2.2 A wick that no longer draws", "70"),
        (1, "4.3 Broken panes", "74"),
        (0, "Words of the trade", "81"),
        (0, "Index", "93"),
    ]
}
