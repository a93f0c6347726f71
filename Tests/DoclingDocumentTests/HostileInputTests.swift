import DoclingDocument
import Testing

@Suite struct HostileInputTests {
    private func code(of json: String, limits: DoclingDocument.DecodingLimits = .default) -> DoclingDocumentError.Code? {
        do {
            _ = try DoclingDocument(json: Array(json.utf8), limits: limits)
            return nil
        } catch { return error.code }
    }

    @Test(arguments: [
        "", " ", "{", "[", "nul", "{\"name\"", "{\"name\":", "{\"name\":\"", "{\"name\":\"\\", "{\"name\":\"\\u12",
        "{\"name\":\"a\" \"b\":1}", "{\"name\":\"n\",}",
        "{\"name\":\"n\"}x", "{\"name\":\"n\",\"x\":01}", "{\"name\":\"n\",\"x\":1.}", "{\"name\":\"n\",\"x\":+1}",
        "{\"name\":\"n\",\"x\":NaN}",
        "{\"name\":\"n\",\"x\":[1,]}", "{\"name\":\"n\",\"x\":\"\u{1}\"}", "{\"name\":\"n\",\"x\":\"\\x\"}", "{\"name\":\"n\",\"x\":1e}",
        "\u{FEFF}{}",
        "{\"name\":\"n\",\"x\":tru}", "{name:1}", "{\"name\":\"n\",\"x\":-}", "{\"name\":\"n\",\"\\ud800\":}",
    ])
    func `text that is not JSON is refused`(json: String) {
        let code = code(of: json)
        #expect(code == .malformedJSON || code == .unexpectedValue)
    }

    @Test func `every prefix of a document is refused and none traps`() throws {
        let source = try SharedFiles.fixture("tables.json")
        for count in stride(from: 0, to: source.count - 1, by: 7) {
            #expect(throws: DoclingDocumentError.self) { try DoclingDocument(json: Array(source.prefix(count))) }
        }
    }

    @Test func `a document with any byte changed is read or refused, and rendered or refused`() throws {
        let source = try SharedFiles.fixture("figures.json")
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<300 {
            var bytes = source
            for _ in 0..<3 { bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator) }
            guard let document = try? DoclingDocument(json: bytes) else { continue }
            _ = try? document.markdown()
            _ = try? document.html()
            let written = try document.jsonBytes()
            #expect(try DoclingDocument(json: written) == document)
        }
    }

    @Test func `bytes that are not UTF-8 are refused`() {
        #expect(throws: DoclingDocumentError.self) {
            try DoclingDocument(json: Array("{\"name\":\"".utf8) + [0xC3, 0x28] + Array("\"}".utf8))
        }
    }

    @Test func `other major versions and other documents are refused by name`() {
        #expect(code(of: #"{"name":"n","version":"2.0.0"}"#) == .unsupportedVersion)
        #expect(code(of: #"{"name":"n","version":"one"}"#) == .unsupportedVersion)
        #expect(code(of: #"{"name":"n","schema_name":"Other"}"#) == .notDoclingDocument)
        #expect(code(of: #"{"version":"1.9.0"}"#) == .notDoclingDocument)
        #expect(code(of: #"{"name":"n","texts":[{"label":"text"}]}"#) == .missingMember)
    }

    @Test func `nesting, size and tables are bounded`() {
        let deep = #"{"name":"n","x":"# + String(repeating: "[", count: 100_000)
        #expect(code(of: deep) == .tooDeep)
        var limits = DoclingDocument.DecodingLimits()
        limits.bytesMax = 4
        #expect(code(of: #"{"name":"n"}"#, limits: limits) == .tooLarge)
        func table(_ rows: Int, _ columns: Int) -> String {
            ##"{"self_ref":"#/tables/0","data":{"num_rows":\##(rows),"num_cols":\##(columns)}}"##
        }
        for (rows, columns) in [(Int.max, Int.max), (Int.max, 0), (1_000_001, 1), (100_000, 100_000)] {
            #expect(code(of: #"{"name":"n","tables":[\#(table(rows, columns))]}"#) == .tooLarge)
        }
        let many = Array(repeating: table(1000, 1000), count: 6).joined(separator: ",")
        #expect(code(of: #"{"name":"n","tables":[\#(many)]}"#) == .tooLarge)
        #expect(code(of: #"{"name":"n","tables":[\#(table(-5, Int.min))]}"#) == nil)
    }

    @Test func `cells with absurd offsets cover what the table has`() throws {
        var data = TableData(cells: [TableCell("all", row: 0, column: 0)], rowCount: 2, columnCount: 2)
        data.cells[0].startRow = .min
        data.cells[0].endRow = .max
        data.cells[0].startColumn = -7
        data.cells[0].endColumn = .max
        let grid = try data.grid()
        #expect(grid[1, 1] == 0 && grid[2, 0] == nil && grid[-1, 0] == nil)
    }

    @Test func `cells that cover each other too often are refused`() {
        var data = TableData(rowCount: 1000, columnCount: 1000)
        data.cells = Array(repeating: TableCell("x", row: 0, column: 0, rowSpan: 1000, columnSpan: 1000), count: 5)
        let error = #expect(throws: DoclingDocumentError.self) { try data.grid() }
        #expect(error?.code == .tooComplex)
    }

    @Test func `references in loops, to nothing and to roots end`() throws {
        var document = DoclingDocument(name: "loops")
        let group = document.addGroup(.section)
        let list = document.addList(parent: group)
        document.addListItem("item", in: list)
        document.groups[1].children.append(group)
        document.groups[1].children.append(Reference("#/body"))
        document.texts[0].children = [
            Reference("#/texts/0"), list, Reference("#/texts/99"), Reference("#/nope/1"), Reference("x"), Reference("#/texts/-1"),
        ]
        document.body.children += [group, group, Reference("#/body"), Reference("#/texts/99999999999999999999")]
        #expect(try document.markdown() == "- item")
        #expect(try document.plainText() == "- item")
        #expect(try document.html().components("item") == 1)
    }

    @Test func `captions and rich cells that point back end`() throws {
        var document = DoclingDocument(name: "loops")
        let table = document.addTable(TableData(cells: [TableCell("x", row: 0, column: 0)], rowCount: 1, columnCount: 1))
        document.addCaption("caption", to: table)
        document.texts[0].children = [table, Reference("#/texts/0")]
        document.tables[0].data.cells[0].content = table
        #expect(try document.html().components("caption</caption>") == 1)
        // A table in its own cell would be flattened without end; the depth limit stops it.
        for render in [{ try document.markdown() }, { try document.plainText() }] as [() throws -> String] {
            let error = #expect(throws: DoclingDocumentError.self) { try render() }
            #expect(error?.code == .tooDeep)
        }
    }

    @Test func `tables nested so that each shows two of the next are refused before they fill memory or time`() throws {
        var document = DoclingDocument(name: "bomb")
        for index in 0..<60 {
            var cells = [TableCell("", row: 0, column: 0), TableCell("", row: 0, column: 1)]
            for cell in cells.indices { cells[cell].content = Reference("#/tables/\(index + 1)") }
            document.addTable(TableData(cells: cells, rowCount: 1, columnCount: 2))
        }
        let error = #expect(throws: DoclingDocumentError.self) { try document.markdown() }
        #expect(error?.code == .tooComplex || error?.code == .tooLarge)
    }

    @Test func `one long cell repeated over a large table is refused`() {
        var document = DoclingDocument(name: "wide")
        let long = String(repeating: "long ", count: 20_000)
        document.addTable(
            TableData(cells: [TableCell(long, row: 0, column: 0, rowSpan: 1000, columnSpan: 1000)], rowCount: 1000, columnCount: 1000))
        for render in [{ try document.markdown() }, { String(decoding: try document.jsonBytes(), as: UTF8.self) }] as [() throws -> String]
        {
            let error = #expect(throws: DoclingDocumentError.self) { try render() }
            #expect(error?.code == .tooLarge)
        }
    }

    @Test func `items nested deeper than any document of the wild are refused`() {
        var document = DoclingDocument(name: "deep")
        var parent: Reference?
        for _ in 0..<10_000 { parent = document.addGroup(.section, parent: parent) }
        for render in [{ try document.markdown() }, { try document.html() }] as [() throws -> String] {
            let error = #expect(throws: DoclingDocumentError.self) { try render() }
            #expect(error?.code == .tooDeep)
        }
    }

    @Test func `numbers that JSON cannot hold are refused when written`() {
        var document = DoclingDocument(name: "n")
        document.addPage(1, size: PageSize(width: .nan, height: 1))
        let error = #expect(throws: DoclingDocumentError.self) { try document.jsonBytes() }
        #expect(error?.code == .notFinite)
    }
}

extension String {
    /// How often a text occurs.
    func components(_ text: String) -> Int { ranges(of: text).count }
}
