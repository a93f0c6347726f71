/// What a sweep removed, or would remove.
package struct SweepReport: Sendable, Equatable, Encodable {
    /// Documents whose time after their deletion was over.
    package var deletedDocuments = 0
    /// Versions whose bytes expired, those of deleted documents among them.
    package var sources = 0
    /// Runs whose results expired, those of deleted documents among them.
    package var results = 0
    /// Entries of documents' histories.
    package var events = 0
    /// Entries of workspaces' feeds.
    package var changes = 0
    /// Sessions whose time was over.
    package var sessions = 0
    /// Blobs that no row referred to.
    package var leftovers = 0
    /// Blobs that no row referred to, and that could not be removed.
    package var unremoved = 0
    /// How large the sources and results were that went; leftovers are not measured.
    package var bytes: Int64 = 0

    /// Whether there was nothing to do.
    package var isEmpty: Bool { self == SweepReport() }

    /// The counts with their names, in the order in which they are swept.
    package var lines: [(name: String, count: Int64)] {
        [
            ("deleted documents", Int64(deletedDocuments)), ("sources", Int64(sources)), ("results", Int64(results)),
            ("events", Int64(events)), ("feed changes", Int64(changes)), ("sessions", Int64(sessions)),
            ("leftover blobs", Int64(leftovers)), ("bytes", bytes),
        ] + (unremoved > 0 ? [("blobs not removed", Int64(unremoved))] : [])
    }
}
