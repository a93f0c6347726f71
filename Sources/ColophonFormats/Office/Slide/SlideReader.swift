package import DoclingDocument

/// Turns PPTX files into documents, in the conventions of docling: a page and a group for each slide, its shapes from top to
/// bottom. The unit of a page's boxes is the EMU, of which 914,400 make an inch.
package struct SlideReader {
    var document: DoclingDocument
    var budget = DocumentBudget()
    var size = PageSize(width: 9_144_000, height: 6_858_000)
    /// Of the slide that is being read.
    var pageNumber = 0
    var group = Reference("#/body")
    var relationships: [String: OfficePackage.Relationship] = [:]
    var design = SlideDesign()
    private var designs: [String: SlideDesign] = [:]

    /// - Throws: `FormatFailure` for what is no whole PPTX file; see `ZipArchive` and `XMLPullParser` for the bounds.
    /// - Complexity: O(n log n) in the number of shapes, beside the size of the unpacked parts.
    package static func document(
        from bytes: UnsafeRawBufferPointer, name: String, inflater: Inflater
    ) throws(FormatFailure) -> DoclingDocument {
        var package = try OfficePackage(bytes, inflater: inflater)
        let path = try package.mainPart(fallback: "ppt/presentation.xml")
        guard let presentation = try package.part(path), presentation.isNamed(.presentation, "presentation") else {
            throw .damaged("it holds no presentation")
        }
        var reader = SlideReader(document: DoclingDocument(name: name))
        if let size = presentation.child("sldSz"), let width = size.attributes.integer("cx"), let height = size.attributes.integer("cy") {
            reader.size = PageSize(width: Double(max(width, 0)), height: Double(max(height, 0)))
        }
        let relationships = try package.relationships(of: path)
        var seen: Set<String> = []
        for slide in presentation.child("sldIdLst")?.children ?? [] {
            guard let id = slide.attributes[.relationships, "id"], let target = relationships[id]?.target, seen.insert(target).inserted
            else { continue }
            try reader.readSlide(target, package: &package)
        }
        return reader.document
    }

    private mutating func readSlide(_ path: String, package: inout OfficePackage) throws(FormatFailure) {
        guard let slide = try package.part(path) else { throw .damaged("a slide is missing") }
        try budget.spendItem()
        group = document.addGroup(.chapter, name: "slide-\(pageNumber)")
        pageNumber += 1
        document.addPage(pageNumber, size: size)
        relationships = try package.relationships(of: path)
        design = try design(package: &package)
        if let tree = slide.descendant("cSld", "spTree") { try readShapes(of: tree, frame: SlideFrame()) }
        guard let path = OfficePackage.target("notesSlide", in: relationships), let notes = try package.part(path) else { return }
        try addNotes(notes)
    }

    private mutating func design(package: inout OfficePackage) throws(FormatFailure) -> SlideDesign {
        guard let path = OfficePackage.target("slideLayout", in: relationships) else { return SlideDesign() }
        if let design = designs[path] { return design }
        let layout = try package.part(path)
        let master = try OfficePackage.target("slideMaster", in: package.relationships(of: path))
        let design = SlideDesign(layout: layout, master: try master.map { path throws(FormatFailure) in try package.part(path) } ?? nil)
        designs[path] = design
        return design
    }

    /// Adds what the speaker noted, which is no part of the slide.
    private mutating func addNotes(_ notes: XMLElement) throws(FormatFailure) {
        for shape in notes.descendant("cSld", "spTree")?.effectiveChildren ?? [] where SlidePlaceholder(of: shape)?.type == "body" {
            let lines = shape.child("txBody")?.children.filter { $0.name.local == "p" } ?? []
            let text = lines.map { SlideParagraph($0, relationships: [:]).text }.joined(separator: "\n").trimmed
            guard !text.isEmpty else { continue }
            try budget.spendItem()
            let nowhere = BoundingBox(left: 0, top: 0, right: 0, bottom: 0)
            document.addText(
                text, prov: [Provenance(pageNumber: pageNumber, bbox: nowhere, text: text)], parent: group, layer: .furniture)
        }
    }
}
