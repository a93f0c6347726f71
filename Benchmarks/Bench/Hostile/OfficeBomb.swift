/// Office documents that are small in their archives only.
enum OfficeBomb {
    private static let namespaces =
        "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
        + "xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\" "
        + "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""
    private static let relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    /// A text document whose body is something repeated between two others.
    static func word(_ head: String, times unit: String, _ count: Int, _ tail: String) -> [UInt8] {
        package(
            "word/document.xml", "wordprocessingml.document",
            Array("<w:document \(namespaces)><w:body>\(head)".utf8) + FormatBomb.repeated(unit, count)
                + Array("\(tail)</w:body></w:document>".utf8))
    }

    /// Ten entities of ten each, ten levels deep.
    static var entities: [UInt8] {
        let inner = (1..<10).map { "<!ENTITY e\($0) \"\(String(repeating: "&e\($0 - 1);", count: 10))\">" }.joined()
        let text =
            "<!DOCTYPE x [<!ENTITY e0 \"ha\">\(inner)]><w:document \(namespaces)><w:body><w:p><w:r><w:t>&e9;</w:t></w:r></w:p></w:body></w:document>"
        return package("word/document.xml", "wordprocessingml.document", Array(text.utf8))
    }

    static func sheet(_ rows: String, _ more: String) -> [UInt8] {
        let sheets =
            "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"\(relationships)\">"
            + "<sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
        let cells =
            "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>\(rows)</sheetData>\(more)</worksheet>"
        return package("xl/workbook.xml", "spreadsheetml.sheet.main", Array(sheets.utf8)) {
            $0.add("xl/worksheets/sheet1.xml", Array(cells.utf8))
            $0.add("xl/_rels/workbook.xml.rels", Array(relation("worksheet", "worksheets/sheet1.xml").utf8))
        }
    }

    /// A diagonal of cells over all of a sheet: each row and column has one.
    static var farCells: String {
        (0..<1024).map { "<row r=\"\($0 * 1024 + 1)\"><c r=\"\(column($0 * 16))\($0 * 1024 + 1)\"><v>1</v></c></row>" }.joined()
    }

    static func slide(_ shapes: String) -> [UInt8] {
        package(
            "ppt/presentation.xml", "presentationml.presentation.main",
            Array("<p:presentation \(namespaces)><p:sldIdLst><p:sldId id=\"256\" r:id=\"rId1\"/></p:sldIdLst></p:presentation>".utf8)
        ) {
            $0.add("ppt/slides/slide1.xml", Array("<p:sld \(namespaces)><p:cSld><p:spTree>\(shapes)".utf8))
            $0.add("ppt/_rels/presentation.xml.rels", Array(relation("slide", "slides/slide1.xml").utf8))
        }
    }

    private static func package(_ main: String, _ type: String, _ content: [UInt8], _ more: (inout ZipFile) -> Void = { _ in }) -> [UInt8] {
        var file = ZipFile()
        let types =
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Override PartName=\"/\(main)\" "
            + "ContentType=\"application/vnd.openxmlformats-officedocument.\(type)+xml\"/></Types>"
        file.add("[Content_Types].xml", Array(types.utf8))
        file.add("_rels/.rels", Array(relation("officeDocument", main).utf8))
        file.add(main, content)
        more(&file)
        return file.finished()
    }

    private static func relation(_ kind: String, _ target: String) -> String {
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
            + "<Relationship Id=\"rId1\" Type=\"\(relationships)/\(kind)\" Target=\"\(target)\"/></Relationships>"
    }

    private static func column(_ index: Int) -> String {
        var (rest, letters) = (index + 1, "")
        while rest > 0 {
            letters = String(UnicodeScalar(UInt8(65 + (rest - 1) % 26))) + letters
            rest = (rest - 1) / 26
        }
        return letters
    }
}
