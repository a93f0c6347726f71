extension SamplePages {
    /// A page of a manual: a listing, paragraphs that begin in bold, and an image with its caption.
    static var listing: PageCanvas {
        var page = PageCanvas()
        let (left, right) = (76.0, 519.0)
        let body = PageCanvas.TextStyle(.helvetica, 10, leading: 13.5)
        var column = PageCanvas.Column(left: left, width: right - left, y: 766)
        page.text("4 Reading the keeper's log", at: .init(left, column.y), .init(.helveticaBold, 16))
        column.y -= 24
        page.paragraph(opening, body, in: &column)
        column.y -= 8

        let code = PageCanvas.TextStyle(.courier, 9, leading: 11.5)
        let height = code.leading * Double(program.count) + 12
        page.area(.init(left, column.y + body.size - height), width: right - left, height: height, ink: .grey(0.95))
        column.y = page.lines(program, at: .init(left + 10, column.y - 5), code) - 17
        page.paragraph(closing, body, in: &column)

        column.y -= 14
        page.text("4.1 What a line holds", at: .init(left, column.y), .init(.helveticaBold, 12.5))
        column.y -= 19
        for term in terms {
            page.paragraph(term.text, lead: .init(text: term.name, font: .helveticaBold), body, in: &column)
            column.y -= 6
        }

        column.y -= 8
        page.text("4.2 How bright is bright", at: .init(left, column.y), .init(.helveticaBold, 12.5))
        column.y -= 19
        page.paragraph(brightness, body, in: &column)
        let size = (width: 210.0, height: 140.0)
        column.y -= size.height - 4
        page.image(glow, .init((page.width - size.width) / 2, column.y), width: size.width, height: size.height)
        column.y -= 15
        page.text(caption, at: .init(page.width / 2, column.y), .init(.helvetica, 9), anchor: .centre)
        page.text("39", at: .init(page.width / 2, 38), .init(.helvetica, 9), anchor: .centre)
        return page
    }

    /// A light that fades towards the edges.
    private static var glow: PageCanvas.Image {
        let (width, height) = (120, 80)
        var pixels: [UInt8] = []
        pixels.reserveCapacity(3 * width * height)
        for row in 0..<height {
            for column in 0..<width {
                let (x, y) = (column - width / 2, 2 * row - height)
                let light = max(0, 255 - (x * x + y * y) / 16)
                pixels += [UInt8(light), UInt8(light * 4 / 5), UInt8(40 + light / 4)]
            }
        }
        return .init(width: width, height: height, pixels: pixels)
    }

    private static let opening = """
        The log is a plain file with one line for each lantern and night. The program below counts the nights on which a lantern was out,
        and prints those that were out more often than the keeper thinks right. It needs nothing but the log itself.
        """

    private static let program = [
        "fn lanterns_out(log, allowed) {",
        "    let nights = map()",
        "    for line in log.lines() {",
        "        let entry = parse(line)",
        "        if entry.hours < night_length(entry.date) / 2 {",
        "            nights[entry.lantern] += 1",
        "        }",
        "    }",
        "    return nights.where(count > allowed)",
        "}",
        "",
        "let log = open(\"lower-quay.log\")",
        "print lanterns_out(log, allowed: 2)",
    ]

    private static let closing = """
        On the log of the spring quarter this prints three lanterns, all of them at the corner where the ferry turns. Raise the limit when
        the winter was long, for otherwise the list says more about the weather than about the lanterns.
        """

    private static let terms: [(name: String, text: String)] = [
        ("Lantern.", "The number on the bracket, counted from the customs house. A lantern that was moved keeps its number."),
        ("Date.", "The evening on which the night began, so that the hours after midnight belong to the day before."),
        (
            "Hours.",
            """
            How long the flame burned, to the nearest quarter. Keepers estimate it from the oil that is left, which is right to about half
            an hour on a still night.
            """
        ),
    ]

    private static let brightness = """
        A lantern counts as burning when its light reaches the next bracket. Keepers judge this by eye and against the plate that hangs in
        the office, of which the figure shows a copy.
        """

    private static let caption = "Figure 7: The plate in the office. Darker than its outer ring counts as out."
}
