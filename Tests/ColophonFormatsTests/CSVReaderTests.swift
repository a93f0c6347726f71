import DoclingDocument
import Testing

@testable import ColophonFormats

@Suite struct CSVReaderTests {
    private func rows(_ text: String) throws -> [[String]] {
        guard let data = try CSVReader.document(from: text, name: "sample").tables.first?.data else { return [] }
        var rows = [[String]](repeating: [], count: data.rowCount)
        for cell in data.cells {
            rows[cell.startRow].append(cell.text)
            #expect(cell.isColumnHeader == (cell.startRow == 0))
        }
        return rows
    }

    @Test(arguments: [",", ";", "\t", "|", ":"]) func `each delimiter is found`(delimiter: String) throws {
        let text = [["a", "b", "c"], ["1", "2", "3"]].map { $0.joined(separator: delimiter) }.joined(separator: "\r\n")
        #expect(try rows(text) == [["a", "b", "c"], ["1", "2", "3"]])
    }

    @Test func `quoted values keep delimiters, line ends and quotes`() throws {
        #expect(try rows("a,b\n\"x, \"\"y\"\"\nz\",\"\"\n") == [["a", "b"], ["x, \"y\"\nz", ""]])
        #expect(try rows("\"a\";b\n\"1,5\";\"2,5\"\n") == [["a", "b"], ["1,5", "2,5"]])
        #expect(try rows("a, b\nx, \"y, z\"\n").last == ["x", "y, z"])
    }

    @Test func `ragged rows make a table as wide as the longest`() throws {
        let document = try CSVReader.document(from: "a,b\n1\n1,2,3\n", name: "sample")
        let data = try #require(document.tables.first?.data)
        #expect((data.rowCount, data.columnCount) == (3, 3))
        #expect(data.cells.map(\.text) == ["a", "b", "1", "1", "2", "3"])
    }

    @Test func `an empty file is an empty document, and one column needs no delimiter`() throws {
        #expect(try CSVReader.document(from: "", name: "sample").tables.isEmpty)
        #expect(try CSVReader.document(from: "\n\r\n", name: "sample").tables.isEmpty)
        #expect(try rows("\u{FEFF}name\nx\n\ny") == [["name"], ["x"], ["y"]])
        #expect(try rows("a,b\n,\n") == [["a", "b"], ["", ""]])
    }

    @Test func `a quote without end is damage`() {
        #expect(throws: FormatFailure.damaged("a quoted value has no end")) { try rows("a,b\n\"x,y\n") }
    }

    @Test func `a table of more than a million cells is too large`() {
        let long = String(repeating: ",", count: 1_000_000)
        #expect(throws: FormatFailure.self) { try CSVReader.document(from: long, name: "sample") }
        // Few values, but as many slots as the longest row times the rows.
        let ragged = String(repeating: ",", count: 2_000) + String(repeating: "\na", count: 1_000)
        #expect(throws: FormatFailure.self) { try CSVReader.document(from: ragged, name: "sample") }
    }
}
