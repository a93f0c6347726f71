/// A cell of a table and the rows and columns it covers, both from 0, the ends not included.
public struct TableCell: Hashable, Sendable {
    public var text: String
    public var startRow: Int
    public var endRow: Int
    public var startColumn: Int
    public var endColumn: Int
    /// How many rows and columns the cell says it covers; readers go by the offsets above.
    public var rowSpan: Int
    public var columnSpan: Int
    public var isColumnHeader = false
    public var isRowHeader = false
    /// Whether the cell heads a section of rows.
    public var isRowSection = false
    public var isFillable = false
    /// On the page that the table's provenance names.
    public var bbox: BoundingBox?
    /// The item that holds the content of a rich cell, such as a list; `text` is then its plain text.
    public var content: Reference?
    public var extra: [String: JSONValue] = [:]
    var leftOut: Members = []

    public init(_ text: String, row: Int, column: Int, rowSpan: Int = 1, columnSpan: Int = 1, bbox: BoundingBox? = nil) {
        self.text = text
        self.rowSpan = rowSpan
        self.columnSpan = columnSpan
        self.bbox = bbox
        startRow = row
        endRow = row.addingReportingOverflow(rowSpan).partialValue
        startColumn = column
        endColumn = column.addingReportingOverflow(columnSpan).partialValue
    }

    /// Members with a default that the source left out.
    struct Members: OptionSet, Hashable, Sendable {
        let rawValue: UInt16
        static let rowSpan = Self(rawValue: 1)
        static let columnSpan = Self(rawValue: 2)
        static let columnHeader = Self(rawValue: 4)
        static let rowHeader = Self(rawValue: 8)
        static let rowSection = Self(rawValue: 16)
        static let fillable = Self(rawValue: 32)
        static let text = Self(rawValue: 64)
        static let startRow = Self(rawValue: 128)
        static let endRow = Self(rawValue: 256)
        static let startColumn = Self(rawValue: 512)
        static let endColumn = Self(rawValue: 1024)
        static let all = Self(rawValue: 2047)
        static let required: Self = [.text, .startRow, .endRow, .startColumn, .endColumn]
    }
}
