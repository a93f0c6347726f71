import DoclingDocument
import Testing

@testable import ColophonLayout

extension WithPDFium {
    @Suite struct ConverterTests {
        private func convert(_ bytes: [UInt8], limits: PDFLimits = PDFLimits()) throws -> DoclingDocument {
            let converter = PDFConverter(pdfium: try PDFiumLibrary.load(), limits: limits)
            return try bytes.withUnsafeBytes { try converter.convert(bytes: $0, name: "test") }
        }

        private func failure(_ bytes: [UInt8], limits: PDFLimits = PDFLimits()) throws -> PDFFailure? {
            do {
                _ = try convert(bytes, limits: limits)
                return nil
            } catch let failure as PDFFailure {
                return failure
            }
        }

        @Test func `text comes with its page and the box it stands in`() throws {
            let document = try convert(PDFWriter.simple(pageCount: 2).bytes())
            #expect(document.pages.count == 2)
            #expect(document.pages[1]?.size == PageSize(width: 595, height: 842))
            let text = try #require(document.texts.first)
            #expect(text.text == "Page 1 of a document that a test has written.")
            let place = try #require(text.prov.first)
            #expect(place.pageNumber == 1)
            #expect(place.bbox.origin == .bottomLeft)
            #expect(abs(place.bbox.left - 72) < 2 && place.bbox.bottom < 700 && place.bbox.top > 705 && place.bbox.top < 715)
        }

        @Test func `pages are announced before and after they are read`() throws {
            let converter = PDFConverter(pdfium: try PDFiumLibrary.load())
            var events: [Int] = []
            _ = try PDFWriter.simple(pageCount: 3).bytes().withUnsafeBytes {
                try converter.convert(bytes: $0, name: "test", onStart: { events.append(-$0) }, onPage: { events.append($0) })
            }
            #expect(events == [-3, 1, 2, 3])
        }

        @Test func `what a closure throws ends the conversion`() throws {
            struct Stop: Error {}
            let converter = PDFConverter(pdfium: try PDFiumLibrary.load())
            let bytes = PDFWriter.simple(pageCount: 3).bytes()
            #expect(throws: Stop.self) {
                try bytes.withUnsafeBytes { _ = try converter.convert(bytes: $0, name: "test", onPage: { if $0 == 2 { throw Stop() } }) }
            }
        }

        @Test(arguments: [[], Array("%PDF".utf8), Array("Hello, this is no PDF at all.".utf8), [UInt8](repeating: 0, count: 5_000)])
        func `what is no PDF is said to be none`(bytes: [UInt8]) throws {
            #expect(try failure(bytes) == .unsupportedFormat)
        }

        @Test func `a header within the first 1,024 bytes is enough`() throws {
            let bytes = [UInt8](repeating: 0x0A, count: 500) + PDFWriter.simple(pageCount: 1).bytes()
            #expect(try failure(bytes) == nil)
        }

        @Test func `an encrypted document asks for a password`() throws {
            #expect(try failure(PDFWriter.simple(pageCount: 1, flaw: .encrypted).bytes()) == .passwordProtected)
        }

        @Test func `a document without pages cannot be read`() throws {
            guard case .parseFailed? = try failure(PDFWriter().bytes()) else {
                Issue.record("no pages must be a failure to parse")
                return
            }
        }

        @Test func `a truncated document ends in a result or a failure of the documented kind`() throws {
            let whole = PDFWriter.simple(pageCount: 3).bytes()
            for share in 1..<16 {
                switch try failure(Array(whole[..<(whole.count * share / 16)])) {
                case nil, .parseFailed?, .unsupportedFormat?: break
                case .some(let other): Issue.record("\(other) for \(share) sixteenths")
                }
            }
        }

        @Test func `a garbled header with nothing behind it fails to parse`() throws {
            guard case .parseFailed? = try failure(Array("%PDF-1.7\ngarbage".utf8)) else {
                Issue.record("garbage must be a failure to parse")
                return
            }
        }

        @Test func `more pages than allowed are refused with their number`() throws {
            var limits = PDFLimits()
            limits.maxPages = 4
            let bytes = PDFWriter.simple(pageCount: 5).bytes()
            #expect(try failure(bytes, limits: limits) == .tooManyPages(5))
            limits.maxPages = 5
            #expect(try failure(bytes, limits: limits) == nil)
            #expect(try failure(PDFWriter.simple(pageCount: 10_000).bytes()) == .tooManyPages(10_000))
        }

        @Test func `a page of 200,000 points is scaled down to the limit`() throws {
            var page = PDFWriter.Page(width: 200_000, height: 200_000)
            page.text("A very large page", x: 1_000, y: 100_000, size: 2_000)
            let document = try convert(PDFWriter(pages: [page]).bytes())
            let size = try #require(document.pages[1]?.size)
            #expect(size.width <= 14_400 && size.width > 14_399 && size.height <= 14_400 && size.height > 14_399)
            #expect(document.texts.map(\.text) == ["A very large page"])
        }

        @Test(arguments: [0, 90, 180, 270])
        func `a turned page is measured as it is shown`(rotation: Int) throws {
            var page = PDFWriter.Page(rotation: rotation)
            page.text("Turned text keeps its words", x: 100, y: 700)
            let document = try convert(PDFWriter(pages: [page]).bytes())
            let isSideways = rotation % 180 != 0
            #expect(document.pages[1]?.size == PageSize(width: isSideways ? 842 : 595, height: isSideways ? 595 : 842))
            let text = try #require(document.texts.first)
            #expect(text.text == "Turned text keeps its words")
            let box = try #require(text.prov.first?.bbox)
            // The first letter stands at (100, 700) of the unturned page.
            switch rotation {
            case 90: #expect(abs(box.top - 495) < 3 && abs(box.right - 710) < 10)
            case 180: #expect(abs(box.right - 495) < 3 && abs(box.bottom - 132) < 10)
            case 270: #expect(abs(box.bottom - 100) < 3 && abs(box.left - 132) < 10)
            default: #expect(abs(box.left - 100) < 3 && abs(box.top - 710) < 10)
            }
        }

        @Test func `the crop box is the page, what lies outside is left out`() throws {
            var page = PDFWriter.Page(cropBox: [100, 100, 500, 700])
            page.text("Within the page", x: 150, y: 600)
            page.text("Outside", x: 20, y: 50)
            let document = try convert(PDFWriter(pages: [page]).bytes())
            #expect(document.pages[1]?.size == PageSize(width: 400, height: 600))
            #expect(document.texts.map(\.text) == ["Within the page"])
            #expect(abs((document.texts.first?.prov.first?.bbox.left ?? 0) - 50) < 2)
        }

        @Test func `invisible text is dropped beside visible text and kept where it is all there is`() throws {
            var mixed = PDFWriter.Page()
            mixed.text("This text is to be seen by everyone", x: 72, y: 700)
            mixed.text("hidden", x: 72, y: 600, renderMode: 3)
            #expect(try convert(PDFWriter(pages: [mixed]).bytes()).texts.map(\.text) == ["This text is to be seen by everyone"])
            var scan = PDFWriter.Page()
            scan.image(x: 0, y: 0, width: 595, height: 842)
            scan.text("The text layer of a scan", x: 72, y: 700, renderMode: 3)
            #expect(try convert(PDFWriter(pages: [scan]).bytes()).texts.map(\.text) == ["The text layer of a scan"])
        }

        @Test func `bold printed twice is read once`() throws {
            var page = PDFWriter.Page()
            page.text("Printed twice", x: 72, y: 700)
            page.text("Printed twice", x: 72.3, y: 700)
            #expect(try convert(PDFWriter(pages: [page]).bytes()).texts.map(\.text) == ["Printed twice"])
        }

        @Test func `a page with nothing but an image is a picture`() throws {
            var page = PDFWriter.Page()
            page.image(x: 50, y: 100, width: 300, height: 200)
            let document = try convert(PDFWriter(pages: [page]).bytes())
            #expect(document.texts.isEmpty)
            let box = try #require(document.pictures.first?.prov.first?.bbox)
            #expect(abs(box.left - 50) < 1 && abs(box.bottom - 100) < 1 && abs(box.right - 350) < 1 && abs(box.top - 300) < 1)
        }

        @Test func `drawn lines make a table`() throws {
            var page = PDFWriter.Page()
            page.grid(xs: [72, 200, 330], ys: [700, 680, 660])
            for (row, texts) in [["Item", "Price"], ["Paper", "3.50"]].enumerated() {
                for (column, text) in texts.enumerated() { page.text(text, x: 80 + Double(column) * 128, y: 686 - Double(row) * 20) }
            }
            let document = try convert(PDFWriter(pages: [page]).bytes())
            #expect(document.rows(ofTable: 0) == [["Item", "Price"], ["Paper", "3.50"]])
        }

        @Test func `Hebrew drawn from the left comes out in logical order`() throws {
            var page = PDFWriter.Page()
            // Seen from the left "cba fed": the letters of both words, and the words, run from the right.
            page.text("fed cba", x: 300, y: 700, font: .hebrew)
            let document = try convert(PDFWriter(pages: [page]).bytes())
            #expect(document.texts.map(\.text) == ["\u{5D0}\u{5D1}\u{5D2} \u{5D3}\u{5D4}\u{5D5}"])
        }

        @Test func `bookmarks give headings their levels, and find those that look like none`() throws {
            let body = (0..<12).map { "Line \($0) of a text with some words in it, and more." }
            var page = PDFWriter.Page()
            page.text("1. Oil", x: 72, y: 700, size: 16, font: .bold)
            page.lines(body, x: 72, y: 670)
            page.text("Rape seed", x: 72, y: 470)
            page.lines(body, x: 72, y: 430)
            page.text("Spirit", x: 72, y: 230, size: 16, font: .bold)
            var writer = PDFWriter(pages: [page, page])
            writer.bookmarks = [("Lamps", 2, 1), ("Oil", 1, 2), ("RAPE  seed", 1, 3), ("Line 3", 1, 3), ("Spirit", 2, 1)]
            for circles in [false, true] {
                writer.bookmarksCircle = circles
                let headings = try convert(writer.bytes()).texts.filter { $0.label == .sectionHeader }
                #expect(headings.map(\.text) == ["1. Oil", "Rape seed", "Spirit", "1. Oil", "Spirit"])
                #expect(headings.prefix(2).map(\.level) == [2, 3] && headings.last?.level == 1)
            }
        }

        @Test func `the result is the same each time`() throws {
            var page = PDFWriter.Page()
            page.text("Title of it all", x: 72, y: 760, size: 20, font: .bold)
            page.lines((0..<30).map { "Line \($0) of a text with some words in it" }, x: 72, y: 720)
            let bytes = PDFWriter(pages: [page, page, page]).bytes()
            #expect(try convert(bytes) == convert(bytes))
        }

        @Test func `a long document is read to its end although it is opened anew on the way`() throws {
            let document = try convert(PDFWriter.simple(pageCount: 200).bytes())
            #expect(document.pages.count == 200)
            #expect(document.texts.last?.prov.first?.pageNumber == 200)
        }
    }
}
