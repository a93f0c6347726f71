extension Library {
    /// A page of a workspace's documents.
    ///
    /// - Throws: `invalid` when `query.limit` is more than a list may have.
    package func list(_ query: DocumentQuery, in scope: WorkspaceScope) async throws -> DocumentListing {
        _ = try checked(query.limit, default: limits.listDefault, max: limits.listMax)
        return try await store.list(query, in: scope)
    }

    /// A live document as lists show it.
    package func documentRow(_ id: DocumentID, in scope: WorkspaceScope) async throws -> DocumentRow {
        try await store.documentRow(id, in: scope)
    }

    /// The tags of a workspace's live documents.
    package func tagCatalogue(_ query: TagQuery, in scope: WorkspaceScope) async throws -> TagPage {
        var query = query
        let limit = try checked(query.limit, default: limits.listDefault, max: limits.listMax)
        query.limit = limit
        let page = Page(try await store.tags(query, in: scope), limit: limit)
        return TagPage(
            items: page.items, hasMore: page.hasMore, nextCursor: try page.hasMore ? page.items.last.map(query.cursor(after:)) : nil)
    }

    /// A document's versions, newest first.
    package func versions(
        of id: DocumentID, limit: Int?, before number: Int? = nil, in scope: WorkspaceScope
    ) async throws -> Page<DocumentVersion> {
        let limit = try checked(limit, default: limits.listDefault, max: limits.listMax)
        return Page(try await store.versions(of: id, limit: limit + 1, before: number, in: scope), limit: limit)
    }

    package func version(_ number: Int, of id: DocumentID, in scope: WorkspaceScope) async throws -> DocumentVersion {
        try await store.version(number, of: id, in: scope)
    }

    /// The runs of a workspace, newest first.
    package func runs(_ query: RunQuery, in scope: WorkspaceScope) async throws -> RunPage {
        var query = query
        let limit = try checked(query.limit, default: limits.listDefault, max: limits.listMax)
        query.limit = limit + 1
        let page = Page(try await store.runs(query, in: scope), limit: limit)
        let next = try page.hasMore ? page.items.last.map { try RunQuery.Place(createdAt: $0.createdAt, id: $0.id).cursor } : nil
        return RunPage(items: page.items, hasMore: page.hasMore, nextCursor: next)
    }

    /// The runs of a workspace, newest first, each with what it reads.
    ///
    /// - Parameter since: Leaves out what has not changed since; of the page alone.
    package func jobs(_ query: RunQuery, since: Timestamp? = nil, in scope: WorkspaceScope) async throws -> JobPage {
        let page = try await runs(query, in: scope)
        let runs = page.items.filter { run in since.map { run.updatedAt >= $0 } ?? true }
        let versions = try await store.versions(readBy: runs, in: scope)
        return JobPage(
            items: runs.compactMap { run in versions[run.versionID].map { (run, $0) } }, nextCursor: page.nextCursor)
    }

    /// How many of the workspace's runs have not ended.
    package func activeRuns(in scope: WorkspaceScope) async throws -> Int { try await store.activeRuns(in: scope) }

    /// A run of any live document of the workspace.
    package func run(_ run: RunID, in scope: WorkspaceScope) async throws -> Run { try await store.run(run, in: scope) }
}
