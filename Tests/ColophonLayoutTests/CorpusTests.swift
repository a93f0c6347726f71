import DoclingDocument
import FoundationEssentials
import Testing

@testable import ColophonLayout

extension WithPDFium {
    @Suite(.enabled(if: FileManager.default.fileExists(atPath: PDFiumLibrary.corpus), "the shared corpus is not beside the project"))
    struct CorpusTests {
        private static var files: [String] {
            ((try? FileManager.default.subpathsOfDirectory(atPath: PDFiumLibrary.corpus)) ?? []).filter { $0.hasSuffix(".pdf") }.sorted()
        }

        @Test func `every file ends in a sound document or in a failure of the documented kind`() throws {
            let converter = PDFConverter(pdfium: try PDFiumLibrary.load())
            #expect(Self.files.count > 100)
            for file in Self.files {
                let data = try Data(contentsOf: URL(filePath: PDFiumLibrary.corpus + "/" + file))
                do {
                    let document = try data.withUnsafeBytes { try converter.convert(bytes: $0, name: "test") }
                    check(document, file)
                    _ = try document.markdown()
                } catch is PDFFailure {}
            }
        }

        /// Items lie on pages that exist; cells lie within their table.
        private func check(_ document: DoclingDocument, _ file: String) {
            #expect(!document.pages.isEmpty, "\(file)")
            for prov in document.texts.flatMap(\.prov) + document.tables.flatMap(\.prov) + document.pictures.flatMap(\.prov) {
                #expect(
                    document.pages[prov.pageNumber] != nil && prov.bbox.left <= prov.bbox.right && prov.bbox.bottom <= prov.bbox.top,
                    "\(file)")
            }
            for table in document.tables {
                for cell in table.data.cells {
                    #expect(cell.startRow >= 0 && cell.endRow > cell.startRow && cell.endRow <= table.data.rowCount, "\(file)")
                    #expect(
                        cell.startColumn >= 0 && cell.endColumn > cell.startColumn && cell.endColumn <= table.data.columnCount, "\(file)")
                }
            }
        }
    }

    @Suite struct LibraryTests {
        @Test func `a missing library is an error that says how to get it`() {
            #expect("\(PDFiumError.notFound)".contains("scripts/fetch-pdfium"))
        }

        @Test func `the folders of the executable and of the system are looked at in turn`() throws {
            _ = try PDFiumLibrary.load()
            #expect(PDFium.exists(PDFium.candidates().paths[0]))
        }
    }
}
