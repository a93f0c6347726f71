import DoclingDocument
import Foundation
import Testing

@Suite struct RoundTripTests {
    @Test(
        .enabled(if: SharedFiles.isSharedPresent, "the shared material does not lie beside the package"), arguments: SharedFiles.documents)
    func `a document of the wild is the same JSON after it was read and written`(name: String) throws {
        let source = try SharedFiles.shared(name)
        let written = try DoclingDocument(json: source).jsonBytes()
        // Foundation's parser stands for the outside world here.
        let before = try #require(JSONSerialization.jsonObject(with: Data(source)) as? NSDictionary)
        let after = try #require(JSONSerialization.jsonObject(with: Data(written)) as? NSDictionary)
        #expect(after.isEqual(before))
    }

    @Test(
        .enabled(if: SharedFiles.isSharedPresent, "the shared material does not lie beside the package"), arguments: SharedFiles.documents)
    func `writing what was written gives the same bytes`(name: String) throws {
        let written = try DoclingDocument(json: try SharedFiles.shared(name)).jsonBytes()
        #expect(try DoclingDocument(json: written).jsonBytes() == written)
    }

    @Test(arguments: ["figures", "lists", "tables", "texts"])
    func `a fixture is the same JSON after it was read and written`(name: String) throws {
        let source = try SharedFiles.fixture("\(name).json")
        let before = try #require(JSONSerialization.jsonObject(with: Data(source)) as? NSDictionary)
        let after = try #require(JSONSerialization.jsonObject(with: Data(try DoclingDocument(json: source).jsonBytes())) as? NSDictionary)
        #expect(after.isEqual(before))
    }

    /// Members in the order of their names, as the writer gives them, so that the text itself must come back.
    private func expectUnchanged(_ json: String, _ location: SourceLocation = #_sourceLocation) throws {
        let written = try DoclingDocument(json: Array(json.utf8)).jsonBytes()
        #expect(String(decoding: written, as: UTF8.self) == json, sourceLocation: location)
    }

    @Test func `absent members stay absent and null ones stay null`() throws {
        try expectUnchanged(#"{"name":"n"}"#)
        try expectUnchanged(#"{"name":"n","origin":null,"texts":null,"version":"1.3.0"}"#)
        try expectUnchanged(
            ##"{"name":"n","texts":[{"children":null,"hyperlink":null,"label":"text","orig":"","self_ref":"#/texts/0","text":""}]}"##)
        try expectUnchanged(##"{"name":"n","tables":[{"data":{},"self_ref":"#/tables/0"}]}"##)
        try expectUnchanged(##"{"name":"n","tables":[{"data":{"num_cols":0,"table_cells":[]},"self_ref":"#/tables/0"}]}"##)
        try expectUnchanged(
            #"{"name":"n","pages":{"1":{"page_no":1,"size":{"width":2.5}},"10":{"page_no":10,"size":{}},"2":{"page_no":2,"size":{}}}}"#)
    }

    @Test func `unknown members, labels and versions survive at every level`() throws {
        try expectUnchanged(#"{"a":[1,{"b":null}],"name":"n","schema_name":"DoclingDocument","version":"1.99.7","zz":-0.50e+2}"#)
        try expectUnchanged(##"{"groups":[{"label":"new_kind","self_ref":"#/groups/0","x":1}],"name":"n"}"##)
        try expectUnchanged(
            ##"{"name":"n","texts":[{"label":"hologram","orig":"","prov":[{"bbox":{"b":4.0,"coord_origin":"CENTER","l":1.0,"q":0,"r":3.0,"t":2.0},"charspan":[9,3],"page_no":1,"w":{}}],"self_ref":"#/texts/0","spin":{"up":true},"text":""}]}"##
        )
        try expectUnchanged(
            ##"{"name":"n","pictures":[{"annotations":[{"kind":"smell","ppm":1e400}],"meta":{"my__x":[1],"summary":{"text":"s","why":0}},"self_ref":"#/pictures/0"}]}"##
        )
        try expectUnchanged(
            ##"{"name":"n","tables":[{"data":{"cells_v2":[],"num_cols":1,"num_rows":1,"table_cells":[{"end_col_offset_idx":1,"end_row_offset_idx":1,"shade":"dark","start_col_offset_idx":0,"start_row_offset_idx":0,"text":"t"}]},"self_ref":"#/tables/0"}]}"##
        )
    }

    @Test func `a grid that the cells do not give is kept until the cells change`() throws {
        let json =
            ##"{"name":"n","tables":[{"data":{"grid":[[{"end_col_offset_idx":1,"end_row_offset_idx":1,"start_col_offset_idx":0,"start_row_offset_idx":0,"text":"other"}]],"num_cols":1,"num_rows":1,"table_cells":[]},"self_ref":"#/tables/0"}]}"##
        try expectUnchanged(json)
        var document = try DoclingDocument(json: Array(json.utf8))
        document.tables[0].data.cells = [TableCell("new", row: 0, column: 0)]
        let text = String(decoding: try document.jsonBytes(), as: UTF8.self)
        #expect(!text.contains("other"))
        #expect(text.components(separatedBy: #""text":"new""#).count == 3)
    }

    @Test func `numbers keep every digit`() throws {
        try expectUnchanged(#"{"name":"n","origin":{"binary_hash":18446744073709551615,"filename":"f","mimetype":"m"}}"#)
        for value in [
            0.1, 442.1234567890123, Double.leastNonzeroMagnitude, 1.7976931348623157e308, -0.0, 9_007_199_254_740_992, 123456789.123456789,
            1e22, 1e23,
        ] {
            let json = #"{"name":"n","pages":{"1":{"page_no":1,"size":{"height":\#(value),"width":1.0}}}}"#
            #expect(try DoclingDocument(json: Array(json.utf8)).pages[1]?.size.height.bitPattern == value.bitPattern)
            try expectUnchanged(json)
        }
    }

    @Test func `strings survive with escapes, controls and every plane of Unicode`() throws {
        let document = DoclingDocument(name: "q\"b\\s/\u{0}\u{1F}\n\r\t\u{7F}é中😀\u{2028}\r\n")
        #expect(try DoclingDocument(json: document.jsonBytes()).name.unicodeScalars.elementsEqual(document.name.unicodeScalars))
        let escaped = try DoclingDocument(json: Array(#"{"n\u0061me":"\ud83d\ude00\u00e9\/\b\ud800x"}"#.utf8))
        #expect(escaped.name == "😀é/\u{8}\u{FFFD}x")
    }

    @Test func `tables that travelled without their grids are written as they were`() throws {
        var document = DoclingDocument(name: "tables")
        var cells = [
            TableCell("head", row: 0, column: 0, columnSpan: 2), TableCell("1", row: 1, column: 0), TableCell("over it", row: 1, column: 0),
            TableCell("rich", row: 2, column: 1),
        ]
        cells[3].content = Reference("#/texts/0")
        document.addText("rich", label: .text)
        document.addTable(TableData(cells: cells, rowCount: 3, columnCount: 2))
        let written = try document.jsonBytes()
        document.setGrids(areWritten: false)
        let travelled = try document.jsonBytes()
        #expect(travelled.count < written.count && !String(decoding: travelled, as: UTF8.self).contains("\"grid\""))
        var read = try DoclingDocument(json: travelled)
        read.setGrids(areWritten: true)
        #expect(try read.jsonBytes() == written)
        #expect(try DoclingDocument(json: written).jsonBytes() == written)
    }
}
