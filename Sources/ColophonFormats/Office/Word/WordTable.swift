import DoclingDocument

/// The cells of a table with their spans, before their text is read.
struct WordTable {
    struct Cell {
        var element: XMLElement
        var row: Int
        var column: Int
        var rowSpan = 1
        var columnSpan: Int
    }

    /// More columns than Word allows come of mistakes.
    private static let columnsMax = 1_000

    private(set) var cells: [Cell] = []
    private(set) var rowCount = 0
    private(set) var columnCount = 0
    /// By column, the cell that the next row may continue.
    private var open: [Int: Int] = [:]

    init(_ element: XMLElement) {
        readRows(of: element)
    }

    private mutating func readRows(of element: XMLElement) {
        for child in element.effectiveChildren {
            switch child.name.local {
            case "tr" where child.child("trPr")?.child("del") == nil:
                var column = min(max(child.descendant("trPr", "gridBefore")?.attributes.integer("val") ?? 0, 0), Self.columnsMax)
                readCells(of: child, at: &column)
                columnCount = max(columnCount, column)
                rowCount += 1
            case "sdt", "sdtContent", "customXml", "ins", "moveTo": readRows(of: child)
            default: break
            }
        }
    }

    private mutating func readCells(of row: XMLElement, at column: inout Int) {
        for child in row.effectiveChildren {
            switch child.name.local {
            case "tc": readCell(child, at: &column)
            case "sdt", "sdtContent", "customXml", "ins", "moveTo": readCells(of: child, at: &column)
            default: break
            }
        }
    }

    private mutating func readCell(_ element: XMLElement, at column: inout Int) {
        guard column < Self.columnsMax else { return }
        let properties = element.child("tcPr")
        let span = min(max(properties?.child("gridSpan")?.attributes.integer("val") ?? 1, 1), Self.columnsMax - column)
        let merge = properties?.child("vMerge").map { $0["val"] ?? "continue" }
        defer { column += span }
        if properties?.child("hMerge").map({ $0["val"] ?? "continue" }) == "continue", cells.last?.row == rowCount {
            cells[cells.count - 1].columnSpan += span
        } else if merge == "continue", let index = open[column], cells[index].row + cells[index].rowSpan == rowCount {
            cells[index].rowSpan += 1
        } else {
            open[column] = merge == nil ? nil : cells.count
            cells.append(Cell(element: element, row: rowCount, column: column, columnSpan: span))
        }
    }
}
