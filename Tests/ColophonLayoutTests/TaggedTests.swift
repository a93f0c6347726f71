import DoclingDocument
import Testing

@testable import ColophonLayout

extension WithPDFium {
    /// Pages whose authors have said what is what, and pages whose authors were wrong.
    @Suite struct TaggedTests {
        private func document(_ pdf: TaggedPDF) throws -> DoclingDocument {
            try pdf.bytes().withUnsafeBytes { try PDFConverter(pdfium: PDFiumLibrary.load()).convert(bytes: $0, name: "tagged") }
        }

        private func lines(_ texts: [String], x: Double = 60, y: Double, size: Double = 10) -> [TaggedPDF.Node] {
            texts.enumerated().map { .text($1, x: x, y: y - Double($0) * 1.3 * size, size: size) }
        }

        private let sentence = "The lamps of the harbour are trimmed at dusk and again before the night boat leaves."

        @Test func `headings have the levels that they are given, and paragraphs of any look are none`() throws {
            let document = try document(
                TaggedPDF(tree: [
                    .element(
                        "Document",
                        [
                            .element("H1", lines(["Keeping lamps"], y: 750)), .element("P", lines([sentence, sentence], y: 720)),
                            .element("H3", lines(["Wicks"], y: 680)),
                            .element("P", [.text("Not a heading", x: 60, y: 660, font: "F2")]), .element("P", lines([sentence], y: 640)),
                        ])
                ]))
            #expect(document.texts(.sectionHeader) == ["Keeping lamps", "Wicks"])
            #expect(document.texts.compactMap(\.level) == [1, 3])
            #expect(document.texts(.text) == ["\(sentence) \(sentence)", "Not a heading", sentence])
        }

        @Test func `the order is the author's, where it can be`() throws {
            let document = try document(
                TaggedPDF(tree: [
                    .element("P", lines(["Left, first of all, with some words.", "And more of them."], y: 700)),
                    .element("P", [.early("Right, drawn first and read second.", x: 330, y: 700)]),
                    .element("P", lines(["Below both of them, and read last."], y: 600)),
                ]))
            #expect(document.texts.map { $0.text.prefix(5) } == ["Left,", "Right", "Below"])
        }

        @Test func `items of lists may have no bullet, and inner lists are nested`() throws {
            let item = { (text: String, x: Double, y: Double, inner: [TaggedPDF.Node]) in
                TaggedPDF.Node.element("LI", [.element("LBody", [.text(text, x: x, y: y)] + inner)])
            }
            let inner = TaggedPDF.Node.element("L", [item("Trim the wick", 90, 686, [])])
            let document = try document(
                TaggedPDF(tree: [
                    .element("P", lines([sentence], y: 730)),
                    .element("L", [item("Fill the lamp", 70, 700, [inner]), item("Light it", 70, 672, [])]),
                ]))
            #expect(document.texts(.listItem) == ["Fill the lamp", "Trim the wick", "Light it"])
            #expect(try document.markdown().contains("- Fill the lamp\n    - Trim the wick\n- Light it"))
        }

        @Test func `a table has the spans and heads that its author gives`() throws {
            let cell = { (type: String, text: String, x: Double, y: Double, attributes: String) in
                TaggedPDF.Node.element(type, attributes: attributes, [.text(text, x: x, y: y)])
            }
            let document = try document(
                TaggedPDF(tree: [
                    .element("P", lines([sentence], y: 760)),
                    .element(
                        "Table",
                        [
                            .element(
                                "TR", [cell("TH", "Lamp", 60, 700, "/RowSpan 2"), cell("TH", "Oil in litres", 200, 700, "/ColSpan 2")]),
                            .element("TR", [cell("TH", "May", 200, 680, ""), cell("TH", "June", 300, 680, "")]),
                            .element(
                                "TR", [cell("TH", "North", 60, 660, ""), cell("TD", "12", 200, 660, ""), cell("TD", "14", 300, 660, "")]),
                        ]),
                ]))
            let data = try #require(document.tables.first?.data)
            #expect(
                document.rows(ofTable: 0) == [
                    ["Lamp", "Oil in litres", "Oil in litres"], ["Lamp", "May", "June"], ["North", "12", "14"],
                ])
            #expect(data.cells.filter(\.isColumnHeader).map(\.text) == ["Lamp", "Oil in litres", "May", "June"])
            #expect(data.cells.filter(\.isRowHeader).map(\.text) == ["North"])
        }

        @Test func `a table that only lays out a form is none`() throws {
            let row = { (label: String, y: Double) in
                TaggedPDF.Node.element("TR", [.element("TD", [.text(label, x: 60, y: y)]), .element("TD", []), .element("TD", [])])
            }
            let document = try document(
                TaggedPDF(tree: [
                    .element(
                        "Table", [row("Name of the lamp", 700), row("Its place", 650), row("Who keeps it", 600), row("Since when", 550)])
                ]))
            #expect(document.tables.isEmpty && document.texts.count == 4)
        }

        @Test func `what is no content goes to the margins`() throws {
            var pdf = TaggedPDF(tree: [.element("P", lines([sentence, sentence, sentence], y: 700))])
            pdf.artifacts = [("Lampwrights' Almanac", 250, 780)]
            let document = try document(pdf)
            #expect(document.texts(.pageHeader) == ["Lampwrights' Almanac"])
            #expect(document.texts.first { $0.label == .pageHeader }?.contentLayer == .furniture)
        }

        @Test func `a structure that leaves text out, runs upwards or calls all a heading is not believed`() throws {
            var partial = TaggedPDF(tree: [.element("H1", lines([sentence], y: 700))])
            partial.loose = (0..<5).map { (sentence, 60, 680 - Double($0) * 13) }
            #expect(try document(partial).texts(.sectionHeader).isEmpty)

            let upwards = TaggedPDF(
                tree: (0..<6).map { .element("P", lines(["Line \($0) of them all, read from below"], y: 500 + Double($0) * 40)) })
            #expect(try document(upwards).texts.first?.text.hasPrefix("Line 5") == true)

            let loud = TaggedPDF(tree: (0..<6).map { .element("H1", lines([sentence], y: 700 - Double($0) * 40)) })
            #expect(try document(loud).texts(.sectionHeader).isEmpty)
        }

        @Test func `hostile trees are bounded`() throws {
            var deep = TaggedPDF.Node.element("P", [.text("Deep down", x: 60, y: 700)])
            for _ in 0..<200 { deep = .element("Div", [deep]) }
            #expect(try document(TaggedPDF(tree: [deep])).texts.map(\.text) == ["Deep down"])

            let wide = TaggedPDF.Node.element(
                "Table",
                (0..<40).map { row in
                    .element(
                        "TR",
                        (0..<3).map {
                            .element(
                                "TD", attributes: "/ColSpan 99999/RowSpan 99999",
                                [.text("a\($0)", x: 60 + Double($0) * 90, y: 780 - Double(row) * 15)])
                        })
                })
            let document = try document(TaggedPDF(tree: [wide]))
            #expect(document.tables.allSatisfy { $0.data.rowCount * $0.data.columnCount < 1000 })
        }
    }
}
