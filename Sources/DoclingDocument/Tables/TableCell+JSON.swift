extension TableCell: JSONReadable, JSONWritable {
    init(from reader: inout JSONReader) throws(DoclingDocumentError) {
        var cell = TableCell("", row: 0, column: 0)
        cell.leftOut = .all
        try reader.readObject { (reader, name) throws(DoclingDocumentError) in
            if reader.takeNull() {
                cell.extra[name.string] = .null
                return
            }
            switch name {
            case "bbox": cell.bbox = try reader.read()
            case "row_span": cell.rowSpan = try cell.readInt(.rowSpan, from: &reader)
            case "col_span": cell.columnSpan = try cell.readInt(.columnSpan, from: &reader)
            case "start_row_offset_idx": cell.startRow = try cell.readInt(.startRow, from: &reader)
            case "end_row_offset_idx": cell.endRow = try cell.readInt(.endRow, from: &reader)
            case "start_col_offset_idx": cell.startColumn = try cell.readInt(.startColumn, from: &reader)
            case "end_col_offset_idx": cell.endColumn = try cell.readInt(.endColumn, from: &reader)
            case "text":
                cell.text = try reader.readString()
                cell.leftOut.remove(.text)
            case "column_header": cell.isColumnHeader = try cell.readBool(.columnHeader, from: &reader)
            case "row_header": cell.isRowHeader = try cell.readBool(.rowHeader, from: &reader)
            case "row_section": cell.isRowSection = try cell.readBool(.rowSection, from: &reader)
            case "fillable": cell.isFillable = try cell.readBool(.fillable, from: &reader)
            case "ref": cell.content = try reader.read()
            default: cell.extra[name.string] = try reader.readValue()
            }
        }
        guard cell.leftOut.isDisjoint(with: .required) else {
            throw DoclingDocumentError(.missingMember, "the text or an offset of a table's cell is missing", offset: reader.position)
        }
        self = cell
    }

    private mutating func readInt(_ member: Members, from reader: inout JSONReader) throws(DoclingDocumentError) -> Int {
        leftOut.remove(member)
        return try reader.readInt()
    }

    private mutating func readBool(_ member: Members, from reader: inout JSONReader) throws(DoclingDocumentError) -> Bool {
        leftOut.remove(member)
        return try reader.readBool()
    }

    func write(to writer: inout JSONWriter) throws(DoclingDocumentError) {
        var object = writer.begin(extra: extra)
        if let bbox {
            try writer.member("bbox", in: &object)
            try writer.write(bbox)
        }
        if columnSpan != 1 || !leftOut.contains(.columnSpan) { try write(columnSpan, "col_span", to: &writer, in: &object) }
        try write(isColumnHeader, .columnHeader, "column_header", to: &writer, in: &object)
        try write(endColumn, "end_col_offset_idx", to: &writer, in: &object)
        try write(endRow, "end_row_offset_idx", to: &writer, in: &object)
        try write(isFillable, .fillable, "fillable", to: &writer, in: &object)
        if let content {
            try writer.member("ref", in: &object)
            try writer.write(content)
        }
        try write(isRowHeader, .rowHeader, "row_header", to: &writer, in: &object)
        try write(isRowSection, .rowSection, "row_section", to: &writer, in: &object)
        if rowSpan != 1 || !leftOut.contains(.rowSpan) { try write(rowSpan, "row_span", to: &writer, in: &object) }
        try write(startColumn, "start_col_offset_idx", to: &writer, in: &object)
        try write(startRow, "start_row_offset_idx", to: &writer, in: &object)
        try writer.member("text", in: &object)
        writer.write(text)
        try writer.end(&object)
    }

    private func write(
        _ value: Int, _ name: StaticString, to writer: inout JSONWriter, in object: inout JSONWriter.Object
    ) throws(DoclingDocumentError) {
        try writer.member(name, in: &object)
        writer.write(value)
    }

    private func write(
        _ flag: Bool, _ member: Members, _ name: StaticString, to writer: inout JSONWriter, in object: inout JSONWriter.Object
    ) throws(DoclingDocumentError) {
        guard flag || !leftOut.contains(member) else { return }
        try writer.member(name, in: &object)
        writer.write(flag)
    }
}
