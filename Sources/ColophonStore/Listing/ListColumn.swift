import ColophonCore

/// A column of `files` that lists are sorted by.
enum ListColumn: String {
    case id
    case createdAt = "created_at"
    case editedAt = "edited_at"
    case activeAt = "active_at"
    case lastRunAt = "last_run_at"
    case deletedAt = "deleted_at"
    case byteSize = "byte_size"
    case source
    case nameKey = "name_key"

    init(_ id: SortKey.ID) {
        switch id {
        case .id: self = .id
        case .createdAt: self = .createdAt
        case .updatedAt: self = .editedAt
        case .deletedAt: self = .deletedAt
        case .lastRunAt: self = .lastRunAt
        case .activityAt: self = .activeAt
        case .byteSize: self = .byteSize
        case .source: self = .source
        case .name: self = .nameKey
        }
    }

    var sql: String { "files.\(rawValue)" }

    /// The index of (workspace, this column, id) over live documents, or over deleted ones for the time of their deletion.
    var index: String {
        switch self {
        case .id: "sqlite_autoindex_files_1"
        case .createdAt: "files_newest"
        case .editedAt: "files_by_edited"
        case .activeAt: "files_by_active"
        case .lastRunAt: "files_by_last_run"
        case .deletedAt: "files_removed"
        case .byteSize: "files_by_size"
        case .source: "files_by_source"
        case .nameKey: "files_by_name"
        }
    }

    /// Times whose indexes hold the others, too.
    var isLiveTime: Bool { self == .createdAt || self == .editedAt || self == .activeAt || self == .lastRunAt }

    /// Whether a document's time in this column is never after that in another.
    func comesBefore(_ other: ListColumn) -> Bool {
        switch (self, other) {
        case (.createdAt, .editedAt), (.createdAt, .lastRunAt), (.createdAt, .activeAt), (.editedAt, .activeAt), (.lastRunAt, .activeAt):
            true
        default: self == other
        }
    }

    /// Whether documents that lie beside each other in its index lie beside each other in the table, too, so that looking at one after the
    /// other is fast.
    var followsTable: Bool { isLiveTime || self == .id || self == .source }

    /// Whether live documents may have nothing there.
    var isNullable: Bool { self == .lastRunAt }
}

/// A column with the direction that a list goes in it.
struct ListOrder: Equatable {
    var column: ListColumn
    var isDescending: Bool

    var word: String { isDescending ? "DESC" : "ASC" }
    /// How a value compares with one that stands before it.
    var isAfter: String { isDescending ? "<" : ">" }
}

extension SortValue {
    var sql: SQLValue {
        switch self {
        case .null: .null
        case .integer(let value): .integer(value)
        case .text(let value): .text(value)
        }
    }
}
