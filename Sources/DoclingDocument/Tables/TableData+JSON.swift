extension TableData: JSONReadable, JSONWritable {
    init(from reader: inout JSONReader) throws(DoclingDocumentError) {
        var data = TableData()
        var grid: [[TableCell]]?
        data.leftOut = .all
        try reader.readObject { (reader, name) throws(DoclingDocumentError) in
            if reader.takeNull() {
                data.extra[name.string] = .null
                return
            }
            switch name {
            case "table_cells":
                data.cells = try reader.readArray()
                data.leftOut.remove(.cells)
            case "num_rows":
                data.rowCount = try reader.readInt()
                data.leftOut.remove(.rowCount)
            case "num_cols":
                data.columnCount = try reader.readInt()
                data.leftOut.remove(.columnCount)
            case "orientation":
                data.orientation = try reader.readLabel()
                data.leftOut.remove(.orientation)
            case "grid":
                var rows: [[TableCell]] = []
                try reader.readElements { (reader) throws(DoclingDocumentError) in rows.append(try reader.readArray()) }
                grid = rows
            default: data.extra[name.string] = try reader.readValue()
            }
        }
        let slots = try data.grid(slotsMax: reader.tableCellsMax)
        reader.tableCellsLeft -= max(slots.slotCount, slots.rowCount)
        guard reader.tableCellsLeft >= 0 else {
            throw DoclingDocumentError(.tooLarge, "the tables declare too many cells in total", offset: reader.position)
        }
        if let grid { data.gridForm = data.gives(grid, slots) ? .computed : .verbatim(grid) } else { data.gridForm = .absent }
        self = data
    }

    /// Whether the grid of a source is just what the cells give.
    private func gives(_ rows: [[TableCell]], _ grid: TableGrid) -> Bool {
        guard rows.count == grid.rowCount else { return false }
        for (row, cells) in rows.enumerated() {
            guard cells.count == grid.columnCount else { return false }
            for (column, cell) in cells.enumerated() where cell != gridCell(grid, row: row, column: column) { return false }
        }
        return true
    }

    func write(to writer: inout JSONWriter) throws(DoclingDocumentError) {
        var object = writer.begin(extra: extra)
        // Where a cell's JSON stands already: a grid says it again.
        var places = [Range<Int>?](repeating: nil, count: cells.count)
        switch gridForm {
        case .absent: break
        case .verbatim(let rows):
            try writer.member("grid", in: &object)
            try writer.writeElements(rows) { (writer, row) throws(DoclingDocumentError) in try writer.write(row) }
        case .computed:
            let grid = try grid()
            try writer.member("grid", in: &object)
            var written = writer.bytes.count
            try writer.writeElements(Array(0..<grid.rowCount)) { (writer, row) throws(DoclingDocumentError) in
                try writer.writeElements(Array(0..<grid.columnCount)) { (writer, column) throws(DoclingDocumentError) in
                    let start = writer.bytes.count
                    try writer.write(gridCell(grid, row: row, column: column))
                    if let index = grid[row, column], cells[index].content == nil { places[index] = start..<writer.bytes.count }
                    try writer.spendOnGrids(writer.bytes.count - written)
                    written = writer.bytes.count
                }
            }
        }
        if columnCount != 0 || !leftOut.contains(.columnCount) {
            try writer.member("num_cols", in: &object)
            writer.write(columnCount)
        }
        if rowCount != 0 || !leftOut.contains(.rowCount) {
            try writer.member("num_rows", in: &object)
            writer.write(rowCount)
        }
        if orientation != .degrees0 || !leftOut.contains(.orientation) {
            try writer.member("orientation", in: &object)
            writer.write(orientation.rawValue)
        }
        if !cells.isEmpty || !leftOut.contains(.cells) {
            try writer.member("table_cells", in: &object)
            try writer.writeElements(Array(cells.indices)) { (writer, index) throws(DoclingDocumentError) in
                if let place = places[index] { writer.repeat(place) } else { try writer.write(cells[index]) }
            }
        }
        try writer.end(&object)
    }
}
