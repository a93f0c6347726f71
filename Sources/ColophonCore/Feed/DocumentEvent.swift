/// An entry of a document's append-only history.
package struct DocumentEvent: Sendable, Equatable {
    /// From 1 in its document, dense; the oldest go in time.
    package var seq: Int64
    package var type: Kind
    package var runID: RunID?
    /// Who caused it: `key:…`, `worker:…`, `reaper`, `retention`.
    package var actor: String
    package var meta: [String: String]
    package var at: Timestamp

    package enum Kind: String, Sendable, CaseIterable {
        case created, queued, processing, released, retry
        case leaseLost = "lease_lost"
        case complete, failed, cancelled, downloaded, expired, deleted, restored
        /// Its name or metadata was changed; `meta` says to what, or that it was.
        case edited
        /// Its tags were changed; `meta` says which were added and removed, as JSON arrays.
        case tagged
    }

    package init(seq: Int64, type: Kind, runID: RunID?, actor: String, meta: [String: String], at: Timestamp) {
        self.seq = seq
        self.type = type
        self.runID = runID
        self.actor = actor
        self.meta = meta
        self.at = at
    }
}
