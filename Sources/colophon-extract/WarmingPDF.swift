/// Two pages with something of most that pages have: a header, headings, paragraphs with hyphens, lists, tables with and without rules, a drawing.
enum WarmingPDF {
    static var text: String {
        let objects = [
            "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R 5 0 R]/Count 2>>", page(contents: 4), stream(content(number: 1)),
            page(contents: 6), stream(content(number: 2)),
        ]
        let body = objects.enumerated().map { "\($0 + 1) 0 obj\n\($1)\nendobj\n" }.joined()
        return "%PDF-1.4\n\(body)trailer<</Root 1 0 R/Size \(objects.count + 1)>>\n%%EOF\n"
    }

    private static func page(contents: Int) -> String {
        let fonts = "/F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>/G<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold>>"
        return "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 500]/Contents \(contents) 0 R/Resources<</Font<<\(fonts)>>>>>>"
    }

    private static func stream(_ content: String) -> String { "<</Length \(content.utf8.count)>>stream\n\(content)\nendstream" }

    private static func content(number: Int) -> String {
        """
        BT /F 8 Tf 30 480 Td (What all pages say) Tj 320 0 Td (\(number)) Tj ET
        BT /G 16 Tf 30 440 Td (\(number). Heading) Tj ET
        BT /F 10 Tf 30 415 Td (A paragraph of several lines that goes on to the next one, with a hy-) Tj 0 -12 Td
        (phen at an end, and some more words: enough of them to be prose and no) Tj 0 -12 Td (table, whoever looks.) Tj ET
        BT /F 10 Tf 30 370 Td (1. One) Tj 0 -12 Td (2. Two) Tj 0 -24 Td (\\267 Three) Tj 0 -12 Td (\\267 Four) Tj ET
        BT /G 10 Tf 34 282 Td (Item) Tj 100 0 Td (Price) Tj 100 0 Td (Sum) Tj /F 10 Tf
        -200 -20 Td (Nut) Tj 100 0 Td (1.50) Tj 100 0 Td (3.00) Tj -200 -20 Td (Bolt) Tj 100 0 Td (2.50) Tj 100 0 Td (5.00) Tj ET
        30 235 300 60 re S 130 235 m 130 295 l S 230 235 m 230 295 l S 30 255 m 330 255 l S 30 275 m 330 275 l S
        BT /F 9 Tf 30 210 Td (Table 1: What it cost) Tj ET
        BT /F 10 Tf 30 180 Td (North) Tj 120 0 Td (11) Tj 120 0 Td (12) Tj -240 -14 Td (South) Tj 120 0 Td (21) Tj 120 0 Td (22) Tj
        -240 -14 Td (West) Tj 120 0 Td (31) Tj 120 0 Td (32) Tj -240 -14 Td (East) Tj 120 0 Td (41) Tj 120 0 Td (42) Tj ET
        0.5 g 30 60 40 30 re f 100 60 m 120 110 160 110 180 60 c 150 50 130 50 100 60 c f 0 g
        """
    }
}
