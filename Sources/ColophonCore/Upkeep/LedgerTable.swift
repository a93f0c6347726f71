/// The ledger's tables, in an order in which rows can be added: what they refer to comes before them.
package enum LedgerTable: String, CaseIterable, Sendable {
    case workspaces
    case apiKeys = "api_keys"
    case sessions, memberships
    case workspaceFeeds = "workspace_feeds"
    case changes
    case documents = "files"
    case versions = "file_versions"
    case tags, runs, jobs, artifacts, events

    /// The most rows that are added in one transaction.
    package static let rowsMax = 512
}

/// Where an export goes; called on the database's own thread, inside its snapshot, so it should not dawdle.
package protocol LedgerSink: Sendable {
    /// An export begins, perhaps once more: whatever came before is void.
    func begin() throws

    /// Some rows of a table, as lines of JSON that each end in a line feed.
    func write(_ lines: [UInt8], count: Int, of table: LedgerTable) throws

    /// Some of the blobs that the rows promise, in no order.
    func write(_ blobs: [PromisedBlob]) throws
}

/// What an export is of.
package struct LedgerMoment: Sendable, Equatable {
    /// On the database's clock.
    package var at: Timestamp
    /// The shape of the rows; equal on every engine for equal shapes.
    package var schema: Int
    package var engine: String

    package init(at: Timestamp, schema: Int, engine: String) {
        self.at = at
        self.schema = schema
        self.engine = engine
    }
}
