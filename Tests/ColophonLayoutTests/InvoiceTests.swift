import FoundationEssentials
import Testing

@testable import ColophonLayout

extension WithPDFium {
    @Suite struct InvoiceTests {
        private func invoice(in bytes: some Collection<UInt8>, limits: PDFLimits = PDFLimits()) throws -> [UInt8]? {
            let converter = PDFConverter(pdfium: try PDFiumLibrary.load(), limits: limits)
            var found: [[UInt8]] = []
            try Array(bytes).withUnsafeBytes {
                _ = try converter.convert(bytes: $0, name: "test", onInvoice: { found.append($0) })
            }
            #expect(found.count <= 1)
            return found.first
        }

        private func carrying(_ attachments: (String, String)...) -> [UInt8] {
            var writer = PDFWriter.simple(pageCount: 1)
            writer.attachments = attachments.map { (name: $0.0, content: $0.1) }
            return writer.bytes()
        }

        @Test func `an invoice comes out as it was put in`() throws {
            let xml = "<?xml version='1.0'?>\r\n<Invoice>\t <b/>\n\n</Invoice>  "
            #expect(try invoice(in: carrying(("factur-x.xml", xml))) == Array(xml.utf8))
            #expect(try invoice(in: PDFWriter.simple(pageCount: 1).bytes()) == nil)
        }

        @Test func `the standards' names come first, whatever their case, and other files are no invoices`() throws {
            let found = try invoice(in: carrying(("a.xml", "<a/>"), ("ZUGFeRD-invoice.xml", "<z/>"), ("readme.txt", "no")))
            #expect(found == Array("<z/>".utf8))
            #expect(try invoice(in: carrying(("b.xml", "<b/>"), ("a.XML", "<a/>"))) == Array("<a/>".utf8))
            #expect(try invoice(in: carrying(("factur-x.pdf", "<x/>"), ("xml", "<y/>"))) == nil)
        }

        @Test func `one that is empty or too large is passed over`() throws {
            var limits = PDFLimits()
            limits.invoiceBytesMax = 10
            let bytes = carrying(("factur-x.xml", "<much-too-large/>"), ("order-x.xml", "<o/>"), ("xrechnung.xml", ""))
            #expect(try invoice(in: bytes, limits: limits) == Array("<o/>".utf8))
        }

        @Test(.enabled(if: FileManager.default.fileExists(atPath: PDFiumLibrary.corpus), "the shared corpus is not beside the project"))
        func `every valid file of the ZUGFeRD corpus gives one whole XML document`() throws {
            let folder = PDFiumLibrary.corpus + "/zugferd"
            let files = try FileManager.default.subpathsOfDirectory(atPath: folder)
                .filter { $0.hasSuffix(".pdf") && !$0.hasPrefix("invalid") }
            #expect(files.count >= 10)
            for file in files {
                let text = String(decoding: try invoice(in: Data(contentsOf: URL(filePath: folder + "/" + file))) ?? [], as: UTF8.self)
                // Those of version 1 have roots of several names.
                #expect(text.contains("<?xml") && text.contains("Invoice") && text.reversed().first { !$0.isWhitespace } == ">", "\(file)")
            }
        }
    }
}
