/// The cells of a table.
public struct TableData: Hashable, Sendable {
    /// In any order; where cells overlap, the later one lies on top.
    public var cells: [TableCell] { didSet { forgetGrid() } }
    public var rowCount: Int { didSet { forgetGrid() } }
    public var columnCount: Int { didSet { forgetGrid() } }
    public var orientation: TableOrientation = .degrees0
    public var extra: [String: JSONValue] = [:]
    /// How the cells are repeated, row by row, for readers that want a full grid.
    var gridForm: GridForm = .computed
    var leftOut: Members = .orientation

    public init(cells: [TableCell] = [], rowCount: Int = 0, columnCount: Int = 0) {
        self.cells = cells
        self.rowCount = rowCount
        self.columnCount = columnCount
    }

    /// Whether the JSON carries the grid beside the cells, as docling-core writes it.
    public var writesGrid: Bool {
        get { gridForm != .absent }
        set { gridForm = newValue ? .computed : .absent }
    }

    private mutating func forgetGrid() {
        if case .verbatim = gridForm { gridForm = .computed }
    }

    enum GridForm: Hashable, Sendable {
        case absent
        /// Made from the cells when it is written.
        case computed
        /// As the source had it, because it is not what the cells would give.
        case verbatim([[TableCell]])
    }

    /// Members with a default that the source left out.
    struct Members: OptionSet, Hashable, Sendable {
        let rawValue: UInt8
        static let cells = Self(rawValue: 1)
        static let rowCount = Self(rawValue: 2)
        static let columnCount = Self(rawValue: 4)
        static let orientation = Self(rawValue: 8)
        static let all: Self = [.cells, .rowCount, .columnCount, .orientation]
    }
}
