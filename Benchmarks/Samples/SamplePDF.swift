/// Makes PDFs of invented text, as many pages as one likes: the same bytes for the same arguments.
package enum SamplePDF {
    private static let words = [
        "ledger", "archive", "harbour", "lantern", "meadow", "copper", "binding", "folio", "margin", "quarto", "vellum", "printer", "type",
        "column", "chapter", "index", "paper", "press", "colour", "sheet",
    ]

    /// A document whose every page has a heading and some paragraphs.
    ///
    /// - Parameters:
    ///   - pages: At least 1.
    ///   - linesPerPage: From 1 to 50 lines of text under the heading.
    ///   - seed: Other seeds give other words.
    package static func bytes(pages: Int, linesPerPage: Int = 40, seed: UInt64 = 1) -> [UInt8] {
        var generator = SplitMix64(seed: seed)
        let contents = (1...max(pages, 1)).map { number in
            // Other words on each page: the same ones at the same place would rightly be taken for a running head.
            let title = (0..<3).map { _ in words[Int(generator.next() % UInt64(words.count))] }.joined(separator: " ")
            var text = "BT /F2 16 Tf 72 740 Td (Chapter \(number): \(title)) Tj /F1 11 Tf 0 -24 Td 14 TL\n"
            for line in 0..<linesPerPage {
                let sentence = (0..<9).map { _ in words[Int(generator.next() % UInt64(words.count))] }.joined(separator: " ")
                text += "(\(sentence)\(line % 5 == 4 ? "." : "")) Tj T*\(line % 5 == 4 ? " T*" : "")\n"
            }
            return text + "ET"
        }
        return file(contents)
    }

    private static func file(_ contents: [String]) -> [UInt8] {
        let first = 5
        let kids = contents.indices.map { "\(first + 2 * $0) 0 R" }.joined(separator: " ")
        var file = PDFFile()
        file.add("<</Type/Catalog/Pages 2 0 R>>")
        file.add("<</Type/Pages/Kids[\(kids)]/Count \(contents.count)>>")
        file.add("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
        file.add("<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold>>")
        for content in contents {
            file.add(
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents \(file.next + 1) 0 R"
                    + "/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>>>")
            file.add(stream: Array(content.utf8))
        }
        return file.finished()
    }
}
