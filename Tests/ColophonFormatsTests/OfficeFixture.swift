/// Puts parts together to office files as small as readers take them.
enum OfficeFixture {
    static let word = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"
    static let relationships = "xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'"
    static let drawing = "xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'"
    static let presentation = "xmlns:p='http://schemas.openxmlformats.org/presentationml/2006/main'"
    static let math = "xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'"
    static let compatibility = "xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'"
    static let all =
        [word, relationships, drawing, presentation, math, compatibility].joined(separator: " ")
        + " xmlns:w14='http://schemas.microsoft.com/office/word/2010/wordml' xmlns:v='urn:schemas-microsoft-com:vml'"

    /// A relationships part; a target that begins with `http` lies outside of the file.
    static func links(_ links: [(id: String, type: String, target: String)]) -> String {
        let type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
        let elements = links.map { link in
            let mode = link.target.hasPrefix("http") ? " TargetMode='External'" : ""
            return "<Relationship Id='\(link.id)' Type='\(type)\(link.type)' Target='\(link.target)'\(mode)/>"
        }
        return "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>\(elements.joined())</Relationships>"
    }

    static func package(main: String, _ parts: [(path: String, xml: String)]) -> [UInt8] {
        let root = links([("rId1", "officeDocument", "/\(main)")])
        let entries = [("[Content_Types].xml", "<Types/>"), ("_rels/.rels", root)] + parts.map { ($0.path, $0.xml) }
        return ZipFixture(entries.map { .init(name: $0.0, content: [UInt8]($0.1.utf8), isDeflated: true) }).bytes
    }

    static func docx(_ body: String, links: [(id: String, type: String, target: String)] = [], parts: [(path: String, xml: String)] = [])
        -> [UInt8]
    {
        package(
            main: "word/document.xml",
            [
                ("word/document.xml", "<w:document \(all)><w:body>\(body)</w:body></w:document>"),
                ("word/_rels/document.xml.rels", Self.links(links)),
            ]
                + parts)
    }

    static func xlsx(
        _ sheets: [(name: String, state: String, xml: String)], workbook: String = "",
        links: [(id: String, type: String, target: String)] = [],
        parts: [(path: String, xml: String)] = []
    ) -> [UInt8] {
        let main = "xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'"
        let entries = sheets.enumerated().map { "<sheet name='\($0.element.name)' state='\($0.element.state)' r:id='s\($0.offset)'/>" }
        return package(
            main: "xl/workbook.xml",
            [
                ("xl/workbook.xml", "<workbook \(main) \(relationships)>\(workbook)<sheets>\(entries.joined())</sheets></workbook>"),
                (
                    "xl/_rels/workbook.xml.rels",
                    Self.links(sheets.indices.map { ("s\($0)", "worksheet", "worksheets/sheet\($0).xml") } + links)
                ),
            ] + sheets.enumerated().map { ("xl/worksheets/sheet\($0.offset).xml", "<worksheet \(main)>\($0.element.xml)</worksheet>") }
                + parts.map { ($0.path, $0.xml.replacingRoot(main)) })
    }

    static func pptx(
        _ slides: [String], parts: [(path: String, xml: String)] = [], slideLinks: [(id: String, type: String, target: String)] = []
    )
        -> [UInt8]
    {
        let ids = slides.indices.reversed().map { "<p:sldId id='\(256 + $0)' r:id='s\($0)'/>" }.reversed().joined()
        return package(
            main: "ppt/presentation.xml",
            [
                (
                    "ppt/presentation.xml",
                    "<p:presentation \(all)><p:sldIdLst>\(ids)</p:sldIdLst><p:sldSz cx='1000' cy='500'/></p:presentation>"
                ),
                ("ppt/_rels/presentation.xml.rels", links(slides.indices.map { ("s\($0)", "slide", "slides/slide\($0).xml") })),
            ]
                + slides.enumerated().flatMap { index, shapes in
                    [
                        ("ppt/slides/slide\(index).xml", slide(shapes)),
                        ("ppt/slides/_rels/slide\(index).xml.rels", links(slideLinks)),
                    ]
                } + parts)
    }

    static func slide(_ shapes: String, root: String = "sld", after: String = "") -> String {
        "<p:\(root) \(all)><p:cSld><p:spTree>\(shapes)</p:spTree></p:cSld>\(after)</p:\(root)>"
    }
}

extension String {
    /// `<x>` with the declaration of a namespace in its first tag.
    fileprivate func replacingRoot(_ declaration: String) -> String {
        guard let end = firstIndex(where: { $0 == ">" || $0 == " " || $0 == "/" }) else { return self }
        return "\(self[..<end]) \(declaration)\(self[end...])"
    }
}
