import ColophonSamples
import DoclingDocument
import Testing

@testable import ColophonLayout

extension WithPDFium {
    /// Forms that somebody has filled in; people and places are invented.
    @Suite struct FormTests {
        private struct Widget {
            var entries: String
            var place: String
            /// Of the annotation: printed, unless told otherwise.
            var flags = 4
            /// What its field shows; one for each state of a box.
            var shows: [(state: String, operators: String)]
        }

        private func text(_ value: String, _ place: String) -> Widget {
            Widget(
                entries: "/FT/Tx/V(\(value))", place: place, shows: [("", "0.9 g 0 0 200 20 re f 0 g BT /F 10 Tf 2 5 Td (\(value)) Tj ET")])
        }

        private func box(_ place: String, isTicked: Bool, flags: Int = 0) -> Widget {
            let state = isTicked ? "Yes" : "Off"
            return Widget(
                entries: "/FT/Btn/Ff \(flags)/V/\(state)/AS/\(state)", place: place,
                shows: [("Yes", "0 0 10 10 re S BT /F 10 Tf 2 2 Td (x) Tj ET"), ("Off", "0 0 10 10 re S")])
        }

        private func document(_ content: String, _ widgets: [Widget]) throws -> DoclingDocument {
            let font = "<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
            var file = PDFFile()
            var numbers: [Int] = []
            var next = 5
            for widget in widgets {
                numbers.append(next + widget.shows.count)
                next += widget.shows.count + 1
            }
            let fields = numbers.map { "\($0) 0 R" }.joined(separator: " ")
            file.add("<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[\(fields)]/DR\(font)>>>>")
            file.add("<</Type/Pages/Kids[3 0 R]/Count 1>>")
            file.add("<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 500]/Contents 4 0 R/Resources\(font)/Annots[\(fields)]>>")
            file.add(stream: Array(content.utf8))
            for (number, widget) in widgets.enumerated() {
                let states = widget.shows.map { show in
                    let reference = "\(file.next) 0 R"
                    file.add(stream: Array(show.operators.utf8), "/Type/XObject/Subtype/Form/BBox[0 0 200 20]/Resources\(font)")
                    return show.state.isEmpty ? reference : "/\(show.state) \(reference)"
                }
                let normal = widget.shows[0].state.isEmpty ? states[0] : "<<\(states.joined())>>"
                file.add(
                    "<</Type/Annot/Subtype/Widget/T(f\(number))\(widget.entries)/Rect[\(widget.place)]/F \(widget.flags)/AP<</N \(normal)>>>>"
                )
            }
            let converter = PDFConverter(pdfium: try PDFiumLibrary.load())
            return try file.finished().withUnsafeBytes { try converter.convert(bytes: $0, name: "form") }
        }

        private func line(_ text: String, _ x: Int, _ y: Int) -> String { "BT /F 10 Tf \(x) \(y) Td (\(text)) Tj ET\n" }

        @Test func `what a field holds stands behind its label`() throws {
            let content = line("Name", 50, 400) + line("Town", 50, 370) + line("Signed by hand below.", 50, 300)
            let document = try document(content, [text("Ada Muster", "90 395 290 415"), text("Entenhausen", "90 365 290 385")])
            #expect(document.texts.map(\.text).joined(separator: " ") == "Name Ada Muster Town Entenhausen Signed by hand below.")
            // The grounds of fields are no cells.
            #expect(document.tables.isEmpty && document.pictures.isEmpty)
        }

        @Test func `dots below a field stay in their line`() throws {
            let document = try document(line("Born on ............ in ............ of this year", 50, 400), [text("", "90 395 290 415")])
            #expect(document.texts.map(\.text) == ["Born on ............ in ............ of this year"])
        }

        @Test func `boxes say whether they are ticked, each with its label`() throws {
            let content = line("Answers of a person:", 50, 450) + line("Coffee", 70, 400) + line("Tea", 70, 380) + line("Milk", 70, 360)
            let document = try document(
                content,
                [
                    box("50 398 60 408", isTicked: true), box("50 378 60 388", isTicked: false),
                    box("50 358 60 368", isTicked: true, flags: 1 << 15),
                ])
            #expect(document.texts(.checkboxSelected) == ["Coffee", "Milk"] && document.texts(.checkboxUnselected) == ["Tea"])
            #expect(try document.markdown().contains("- [x] Coffee\n\n- [ ] Tea\n\n- [x] Milk"))
        }

        @Test func `boxes in one line are items of their own, and one within a sentence is a sign of it`() throws {
            let content = line("Yes", 70, 400) + line("No", 130, 400) + line("I agree", 50, 350) + line("to all of it", 110, 350)
            let document = try document(
                content,
                [
                    box("50 398 60 408", isTicked: false), box("110 398 120 408", isTicked: true), box("95 348 105 358", isTicked: true),
                ])
            #expect(document.texts(.checkboxUnselected) == ["Yes"] && document.texts(.checkboxSelected) == ["No"])
            #expect(document.texts(.text) == ["I agree \u{2611} to all of it"])
        }

        @Test(arguments: ["1e30 390 2e30 400", "-1e38 -1e38 1e38 1e38", "50 398 1e30 408", "nan 0 10 10", "50 398 50 398"])
        func `a box that says to be anywhere ends nothing`(place: String) throws {
            let content = line("Coffee", 70, 400) + line("Tea", 70, 380)
            let document = try document(content, [box(place, isTicked: true), text("lost", place)])
            #expect(document.pages.count == 1)
        }

        @Test func `a value longer than its field, and a note beside it, stay behind what fields hold`() throws {
            var note = text("A note of a reader", "90 300 290 320")
            note.entries = "/FT/Tx"
            let long = text("A value that is very much longer than the field that it was written to by somebody", "90 395 190 415")
            let document = try document(line("Name", 50, 400) + line("Town", 50, 370), [long, text("Entenhausen", "90 365 290 385"), note])
            let words = document.texts.map(\.text).joined(separator: " ")
            #expect(words.hasPrefix("Name A value") && words.contains("Town Entenhausen"))
        }

        @Test func `a button's caption and a hidden field are no content`() throws {
            var button = text("Print", "90 395 290 415")
            button.entries = "/FT/Btn/Ff \(1 << 16)"
            var hidden = text("secret", "90 365 290 385")
            hidden.flags = 2
            #expect(try document(line("Only this", 50, 300), [button]).texts.map(\.text) == ["Only this"])
            #expect(try document(line("Only this", 50, 300), [hidden]).texts.map(\.text) == ["Only this"])
        }
    }

    @Suite struct TickMarkTests {
        @Test(arguments: [
            ("\u{2610} Tea", [false], ["Tea"]), ("\u{2612}Milk \u{2611}  Coffee ", [true, true], ["Milk", "Coffee"]),
            ("\u{2610}", [false], [""]),
        ])
        func `a text that begins with a box is its boxes`(text: String, ticks: [Bool], texts: [String]) {
            #expect(TickMark.items(of: text).map(\.isTicked) == ticks && TickMark.items(of: text).map(\.text) == texts)
        }

        @Test(arguments: ["", "Tea \u{2610}", "x"]) func `other texts have none`(text: String) {
            #expect(TickMark.items(of: text).isEmpty)
        }
    }
}
