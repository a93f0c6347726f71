extension Library {
    /// The changes after a position, in order.
    ///
    /// - Parameter limit: Nil takes the default; more than the most is an error.
    /// - Throws: `resyncRequired` unless the feed accepts the position: then the client lists its documents again.
    package func changes(since position: Int64, limit: Int?, in scope: WorkspaceScope) async throws -> FeedPage {
        let limit = limit ?? limits.deltaDefault
        guard (1...limits.deltaMax).contains(limit) else {
            throw ColophonError(.invalid, "limit must be from 1 to \(limits.deltaMax).", field: "limit")
        }
        let slice = try await store.feed(after: position, limit: limit, in: scope)
        guard slice.feed.accepts(position) else {
            throw ColophonError(.resyncRequired, "Change cursor expired; refresh the document list.", reason: "RESYNC_REQUIRED")
        }
        let next = slice.changes.last?.id ?? position
        return FeedPage(changes: slice.changes, next: next, hasMore: next < slice.feed.head)
    }

    package func feedPosition(in scope: WorkspaceScope) async throws -> FeedPosition {
        try await store.feed(after: nil, limit: 1, in: scope).feed
    }
}
