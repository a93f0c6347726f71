/// Documents of other formats that ask for much: memory, time, or depth.
enum FormatBomb: String, CaseIterable, Sendable {
    case wordOfSpaces, wordOfEntities, wordWithinWord, sheetOfOneMerge, sheetOfFarCells, slidesOfGroups
    case pageOfBoxes, pageOfSpans, tablesWithinTables, quotesWithinQuotes, openBrackets, starsAndBars, wideTable, wideCSV, openQuote
    case emptyLines, hugePicture, hugePhotograph, picturesInACircle

    var ending: String {
        switch self {
        case .wordOfSpaces, .wordOfEntities, .wordWithinWord: "docx"
        case .sheetOfOneMerge, .sheetOfFarCells: "xlsx"
        case .slidesOfGroups: "pptx"
        case .pageOfBoxes, .pageOfSpans, .tablesWithinTables: "html"
        case .quotesWithinQuotes, .openBrackets, .starsAndBars, .wideTable: "md"
        case .wideCSV, .openQuote: "csv"
        case .emptyLines: "txt"
        case .hugePicture: "png"
        case .hugePhotograph: "jpg"
        case .picturesInACircle: "tiff"
        }
    }

    var bytes: [UInt8] {
        switch self {
        case .wordOfSpaces: OfficeBomb.word("<w:p><w:r><w:t>", times: " ", 512 << 20, "</w:t></w:r></w:p>")
        case .wordOfEntities: OfficeBomb.entities
        case .wordWithinWord: OfficeBomb.word("", times: "<w:sdt><w:sdtContent>", 1_000_000, "")
        case .sheetOfOneMerge:
            OfficeBomb.sheet("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>", "<mergeCells><mergeCell ref=\"A1:XFD1048576\"/></mergeCells>")
        case .sheetOfFarCells: OfficeBomb.sheet(OfficeBomb.farCells, "")
        case .slidesOfGroups: OfficeBomb.slide(String(repeating: "<p:grpSp>", count: 1_000_000))
        case .pageOfBoxes: text("<!doctype html>", "<div>", 4_000_000)
        case .pageOfSpans: text("<!doctype html><table>", "<tr><td colspan=1000 rowspan=65534>x", 100_000)
        case .tablesWithinTables: text("<!doctype html>", "<table><tr><td>", 1_000_000)
        case .quotesWithinQuotes: text("", "> ", 8_000_000)
        case .openBrackets: text("", "![a](<", 4_000_000)
        case .starsAndBars: text("", "*a _b **c ", 2_000_000)
        case .wideTable:
            text("|" + String(repeating: "a|", count: 100_000) + "\n|" + String(repeating: "-|", count: 100_000) + "\n", "|b\n", 100_000)
        case .wideCSV: text("", ",", 32 << 20)
        case .openQuote: text("a,b\n\"", "x,\n", 8 << 20)
        case .emptyLines: text("", "a\n\n", 16 << 20)
        case .hugePicture: ImageBomb.png
        case .hugePhotograph: ImageBomb.jpeg
        case .picturesInACircle: ImageBomb.tiff
        }
    }

    private func text(_ head: String, _ unit: String, _ count: Int) -> [UInt8] { Array(head.utf8) + Self.repeated(unit, count) }

    static func repeated(_ unit: String, _ count: Int) -> [UInt8] {
        let unit = Array(unit.utf8)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(unit.count * count)
        for _ in 0..<count { bytes += unit }
        return bytes
    }
}
