import ColophonTestSupport
import DoclingDocument
import Testing

@testable import ColophonLayout

/// Pages as images.
extension WithPDFium {
    @Suite struct RenderingTests {
        private func image(
            _ pages: [PDFWriter.Page], page: Int = 1, width: Int = 595, pixelsMax: Int = 10_000_000, deflater: Deflater = .load()
        ) throws -> DecodedPNG {
            let painter = PagePainter(pdfium: try PDFiumLibrary.load(), deflater: deflater)
            let png = try PDFWriter(pages: pages).bytes().withUnsafeBytes {
                try painter.png(page: page, of: $0, width: width, pixelsMax: pixelsMax)
            }
            return try DecodedPNG(png)
        }

        /// A page of 595 by 842 points with a square of a colour whose top left corner is at (100, 200).
        private func square(_ colour: String, rotation: Int = 0) -> PDFWriter.Page {
            var page = PDFWriter.Page()
            page.rotation = rotation
            page.operators = "\(colour) 100 592 50 50 re f\n"
            return page
        }

        @Test func `what is drawn stands where and in the colour that the page says, on white`() throws {
            let image = try image([square("1 0 0 rg")])
            #expect(image.width == 595 && image.height == 842 && image.channels == 3)
            #expect(image.pixel(125, 225) == [255, 0, 0] && image.pixel(102, 202) == [255, 0, 0] && image.pixel(148, 248) == [255, 0, 0])
            for (x, y) in [(98, 225), (152, 225), (125, 198), (125, 252), (0, 0), (594, 841)] {
                #expect(image.pixel(x, y) == [255, 255, 255], "\(x) \(y)")
            }
        }

        @Test func `a page without colours is grey, and packing loses nothing`() throws {
            let page = square("0.5 g")
            let packed = try image([page])
            let stored = try image([page], deflater: .storing)
            #expect(Deflater.load().hasLibrary, "the tests need zlib")
            #expect(packed.channels == 1 && packed.rows == stored.rows)
            #expect((127...128).contains(packed.pixel(125, 225)[0]) && packed.pixel(0, 0) == [255])
        }

        @Test func `the page that was asked for is drawn, turned as it is shown`() throws {
            // A quarter turn clockwise takes the top left corner to the top right one.
            let image = try image([square("0 0 1 rg"), square("0 1 0 rg", rotation: 90)], page: 2, width: 842)
            #expect(image.width == 842 && image.height == 595)
            #expect(image.pixel(842 - 225, 125) == [0, 255, 0] && image.pixel(225, 125) == [255, 255, 255])
        }

        @Test func `text is drawn without any font of the machine`() throws {
            var page = PDFWriter.Page()
            page.text("WWWWW", x: 100, y: 600, size: 40)
            let image = try image([page])
            let inked = image.rows.indices.filter { image.rows[$0].contains { $0 < 64 } }
            #expect(inked.count > 20 && inked.allSatisfy { (200..<243).contains($0) })
        }

        @Test(
            arguments: [
                (612, 792, 1000, 10_000_000, 1000, 1294), (200, 100, 64, 10_000_000, 64, 32), (100, 100, 2400, 1_000_000, 1000, 1000),
                (1, 14_400, 2400, 10_000_000, 1, 16_384), (14_400, 1, 2400, 10_000_000, 2400, 1), (0, 792, 612, 10_000_000, 612, 792),
                (.nan, 1, 612, 10_000_000, 612, 792), (.infinity, 1, 612, 10_000_000, 612, 792),
                (1, .leastNonzeroMagnitude, 64, 100, 64, 1),
                (.leastNonzeroMagnitude, .greatestFiniteMagnitude, 64, 100, 1, 100), (1, 2, 1, 1, 1, 1),
            ] as [(Float, Float, Int, Int, Int, Int)])
        func `an image is as wide as was asked, within its bounds`(
            pageWidth: Float, pageHeight: Float, width: Int, pixelsMax: Int, wide: Int, high: Int
        ) {
            let size = ImageSize(pageWidth: pageWidth, pageHeight: pageHeight, width: width, pixelsMax: pixelsMax)
            #expect(size == ImageSize(width: wide, height: high))
        }

        @Test func `a page of more pixels than allowed is drawn smaller, in its own shape`() throws {
            let image = try image([square("1 0 0 rg")], width: 2400, pixelsMax: 100_000)
            #expect(image.width * image.height <= 100_000 && image.width * image.height > 98_000)
            #expect(abs(Double(image.height) / Double(image.width) - 842.0 / 595.0) < 0.01)
        }

        @Test func `a part of a page is drawn as it lies on the page`() throws {
            var page = PDFWriter.Page(width: 400, height: 200)
            // From 100 to 200 across, and from the 50th to the 100th point from above.
            page.operators = "1 0 0 rg 100 100 100 50 re f\n"
            let bytes = PDFWriter(pages: [page]).bytes()
            let painter = PagePainter(pdfium: try PDFiumLibrary.load(), deflater: .load())
            func part(_ box: BoundingBox) throws -> DecodedPNG {
                try DecodedPNG(
                    try bytes.withUnsafeBytes { try painter.png(page: 1, of: $0, width: 100, pixelsMax: 100_000, region: box) })
            }
            let inside = try part(BoundingBox(left: 110, top: 60, right: 190, bottom: 90))
            #expect(inside.width == 100 && inside.height == 38)
            for (x, y) in [(0, 0), (99, 0), (50, 20), (0, 37), (99, 37)] { #expect(inside.pixel(x, y) == [255, 0, 0], "\(x) \(y)") }
            let corner = try part(BoundingBox(left: 50, top: 0, right: 150, bottom: 100))
            #expect(corner.pixel(25, 25) == [255, 255, 255] && corner.pixel(75, 25) == [255, 255, 255])
            #expect(corner.pixel(25, 75) == [255, 255, 255] && corner.pixel(75, 75) == [255, 0, 0])
        }

        @Test func `what cannot be drawn is refused by name`() throws {
            let painter = PagePainter(pdfium: try PDFiumLibrary.load(), deflater: .storing)
            func failure(_ bytes: [UInt8], page: Int = 1) -> PDFFailure? {
                do throws(any Error) {
                    _ = try bytes.withUnsafeBytes { try painter.png(page: page, of: $0, width: 64, pixelsMax: 10_000) }
                    return nil
                } catch { return error as? PDFFailure }
            }
            let good = PDFWriter.simple(pageCount: 2)
            #expect(failure(good.bytes()) == nil && failure(good.bytes(), page: 2) == nil)
            #expect(failure(good.bytes(), page: 3) == .noSuchPage(3, of: 2) && failure(good.bytes(), page: 0) == .noSuchPage(0, of: 2))
            #expect(failure(good.bytes(), page: .max) == .noSuchPage(.max, of: 2))
            #expect(failure([]) == .unsupportedFormat && failure(Array("hello".utf8)) == .unsupportedFormat)
            #expect(failure(PDFWriter.simple(pageCount: 1, flaw: .encrypted).bytes()) == .passwordProtected)
            guard case .parseFailed = failure(Array("%PDF-1.7\nnothing more".utf8)) else {
                Issue.record("a damaged file is drawn")
                return
            }
        }

        @Test func `check sums are those of the standard, and what is stored is read back whatever its length`() throws {
            #expect(CRC32.of(Array("123456789".utf8)[...]) == 0xCBF4_3926)
            for length in [1, 65_533, 65_534, 65_535, 65_536, 200_000] {
                // One row of so many grey pixels.
                let pixels = (0..<length).flatMap { index in [UInt8](repeating: UInt8(truncatingIfNeeded: index &* 31), count: 4) }
                for deflater in [Deflater.storing, .load()] {
                    let image = try pixels.withUnsafeBytes { bytes in
                        let start = try #require(bytes.baseAddress)
                        let rows = PixelRows(start: start, size: ImageSize(width: length, height: 1), stride: length * 4)
                        return try DecodedPNG(PNGWriter(deflater: deflater).png(of: rows))
                    }
                    #expect(image.rows == [(0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31) }], "\(length)")
                }
            }
        }
    }
}
