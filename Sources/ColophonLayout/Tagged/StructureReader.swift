import CPDFium

/// Reads a page's part of the structure tree. Types are those of the standard structure, which PDFium maps others to by the document's role map.
///
/// The tree comes from a stranger: depth, elements and spans are bounded, and what lies beyond belongs to nothing.
struct StructureReader {
    private static let depthMax = 48
    private static let nodesMax = 20_000
    private static let kidsMax = 400_000
    private static let elementsMax = 60_000
    private static let spanMax = 1_000
    private static let attributesMax: Int32 = 8

    private let functions: pdfium_functions
    private var structure = PageStructure()
    private var nodes = 0
    private var kids = 0

    /// - Returns: `nil` for a page that the tree says nothing about.
    static func read(_ page: PDFPageHandle) -> PageStructure? {
        let functions = page.document.pdfium.functions
        guard let tree = functions.FPDF_StructTree_GetForPage(page.pointer) else { return nil }
        defer { functions.FPDF_StructTree_Close(tree) }
        var reader = StructureReader(functions: functions)
        for index in 0..<max(functions.FPDF_StructTree_CountChildren(tree), 0) {
            guard let element = functions.FPDF_StructTree_GetChildAtIndex(tree, index) else { continue }
            reader.read(element, Place(), depth: 0)
        }
        return reader.structure.elementOfMark.isEmpty ? nil : reader.structure
    }

    private init(functions: pdfium_functions) {
        self.functions = functions
    }

    /// Where in the tree an element stands.
    private struct Place {
        /// The block that content belongs to, from 1; 0 where none is open.
        var block: UInt16 = 0
        var table: Int?
    }

    /// A place of the table that is read, by row and column.
    private struct Slot: Hashable {
        var row: Int
        var column: Int
    }

    /// What cells of rows above reach into, and the next column of the row: of the table that is read.
    private var taken: Set<Slot> = []
    private var nextColumn = 0

    private mutating func read(_ element: pdfium_element, _ place: Place, depth: Int) {
        nodes += 1
        guard depth < Self.depthMax, nodes < Self.nodesMax else { return }
        var place = place
        enter(type(of: element), element, &place)
        for index in 0..<max(functions.FPDF_StructElement_CountChildren(element), 0) {
            kids += 1
            guard kids < Self.kidsMax else { return }
            let mark = functions.FPDF_StructElement_GetChildMarkedContentID(element, index)
            if mark >= 0 {
                // Content right within a container is a paragraph of its own.
                if place.block == 0 { place.block = open(.paragraph) }
                structure.elementOfMark[mark] = place.block
            } else if let child = functions.FPDF_StructElement_GetChildAtIndex(element, index) {
                read(child, place, depth: depth + 1)
            }
        }
    }

    private mutating func enter(_ type: String, _ element: pdfium_element, _ place: inout Place) {
        switch type {
        case "Table":
            // A table within a cell is the cell's text.
            guard place.table == nil else { return }
            structure.tables.append(TaggedTable())
            (taken, nextColumn) = ([], 0)
            place = Place(table: structure.tables.count - 1)
        case "TR":
            if let table = place.table, place.block == 0 {
                structure.tables[table].rows += 1
                nextColumn = 0
            }
        case "TH", "TD":
            guard let table = place.table, place.block == 0 else { return }
            place.block = cell(of: element, in: table, isHeader: type == "TH")
        case "P", "TOCI", "BlockQuote":
            // Within an item, a note or a cell it is part of that.
            if place.block == 0 { place.block = open(.paragraph) }
        case "Title":
            if place.block == 0 { place.block = open(.heading(level: 1)) }
        case "H":
            if place.block == 0 { place.block = open(.heading(level: nil)) }
        case "H1", "H2", "H3", "H4", "H5", "H6":
            if place.block == 0 { place.block = open(.heading(level: type.utf8.last.map { Int($0) - 48 })) }
        case "LI":
            // An item of an inner list is a block of its own, though it stands within another.
            if place.table == nil { place.block = open(.listItem) }
        case "Caption": if place.table == nil || place.block == 0 { place.block = open(.caption) }
        case "Note", "FENote": if place.table == nil { place.block = open(.footnote) }
        case "Code": if place.block == 0 { place.block = open(.code) }
        case "Figure", "Formula", "Form": if place.block == 0 { place.block = open(.other) }
        default: break
        }
    }

    private mutating func open(_ role: TaggedElement.Role) -> UInt16 {
        guard structure.elements.count < Self.elementsMax else { return 0 }
        structure.elements.append(TaggedElement(role: role))
        return UInt16(structure.elements.count)
    }

    /// Opens the next cell of the row: at the first place that no cell above reaches into.
    private mutating func cell(of element: pdfium_element, in table: Int, isHeader: Bool) -> UInt16 {
        structure.tables[table].rows = max(structure.tables[table].rows, 1)
        let row = structure.tables[table].rows - 1
        while taken.contains(Slot(row: row, column: nextColumn)) { nextColumn += 1 }
        let (rowSpan, columnSpan) = (number("RowSpan", of: element), number("ColSpan", of: element))
        let cell = TaggedTable.Cell(row: row, column: nextColumn, rowSpan: rowSpan, columnSpan: columnSpan, isHeader: isHeader)
        if rowSpan > 1, taken.count + rowSpan * columnSpan <= Self.nodesMax {
            for below in 1..<rowSpan {
                for column in nextColumn..<(nextColumn + columnSpan) { taken.insert(Slot(row: row + below, column: column)) }
            }
        }
        nextColumn += columnSpan
        structure.tables[table].columns = max(structure.tables[table].columns, nextColumn)
        structure.tables[table].cells.append(cell)
        return open(.cell(table: table, cell: structure.tables[table].cells.count - 1))
    }

    /// A whole number of at least 1 among an element's attributes.
    private func number(_ name: String, of element: pdfium_element) -> Int {
        for index in 0..<max(0, min(functions.FPDF_StructElement_GetAttributeCount(element), Self.attributesMax)) {
            guard let attributes = functions.FPDF_StructElement_GetAttributeAtIndex(element, index),
                let attribute = functions.FPDF_StructElement_Attr_GetValue(attributes, name)
            else { continue }
            var value: Float = 0
            guard functions.FPDF_StructElement_Attr_GetNumberValue(attribute, &value) != 0, value.isFinite else { continue }
            return Int(max(1, min(value, Float(Self.spanMax))))
        }
        return 1
    }

    private func type(of element: pdfium_element) -> String {
        let units = UTF16Text.read(max: 40) { buffer, capacity, count in
            let bytes = functions.FPDF_StructElement_GetType(element, buffer, capacity)
            count?.pointee = bytes
            return bytes > 0
        }
        return String(decoding: units, as: UTF16.self)
    }
}
