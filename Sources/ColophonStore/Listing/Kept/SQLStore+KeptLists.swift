package import ColophonCore

extension SQLStore {
    package func tendLists(within bytesMax: Int) async throws {
        if bytesMax == 0 { return }
        let (kept, wished) = lists.tend()
        var left = bytesMax
        for (workspace, list) in kept {
            let isThere = try await follow(list, of: workspace)
            let bytes = list.byteCount
            if isThere && bytes <= left { left -= bytes } else { lists.drop(workspace) }
        }
        for workspace in wished {
            left -= try await keepList(of: workspace, within: left) ?? 0
        }
    }

    /// Fetches a workspace's documents into memory, in many short reads: what changes meanwhile is in the feed, and is fetched again.
    ///
    /// - Returns: The memory that they take, in bytes; nil when they are not kept since it is more than allowed.
    @discardableResult
    package func keepList(of workspace: WorkspaceID, within bytesMax: Int = .max) async throws -> Int? {
        let list = KeptList(position: try await database.read { try $0.feedPosition(of: workspace) }.head)
        var last = ""
        while true {
            let after = last
            let ids = try await database.walk { connection in
                try connection.rows(
                    """
                    SELECT files.id AS id FROM files\(connection.dialect.indexed(by: ListColumn.id.index))
                    WHERE files.workspace_id = ? AND files.id > ? AND files.deleted_at IS NULL ORDER BY files.id LIMIT \(SQLTable.rowsMax)
                    """, [.id(workspace), .text(after)]
                ).map { try $0.text("id") }
            }
            guard let end = ids.last else { break }
            list.add(try await database.read { try $0.keptRows(ids, in: workspace) })
            if list.byteCount > bytesMax {
                lists.set(nil, of: workspace)
                return nil
            }
            last = end
        }
        let isThere = try await follow(list, of: workspace)
        lists.set(isThere ? list : nil, of: workspace)
        return isThere ? list.byteCount : nil
    }

    private func follow(_ list: KeptList, of workspace: WorkspaceID) async throws -> Bool {
        try await database.read { connection in
            let feed = try connection.feedPosition(of: workspace)
            return try list.follow(to: feed, in: workspace, atMost: KeptList.followMax, over: connection) != .isBehind
        }
    }

    /// The answer from memory; nil when the workspace is not kept, or when indexes find it sooner.
    func keptListing(_ query: DocumentQuery, in workspace: WorkspaceID) async throws -> DocumentListing? {
        guard query.mayBeKept, let list = lists.list(of: workspace) else { return nil }
        for _ in 0..<Self.snapshotsMax {
            let (answer, listing) = try await database.read { connection -> (KeptList.Answer, DocumentListing?) in
                let feed = try connection.feedPosition(of: workspace)
                let answer = try list.page(query, in: workspace, at: feed, over: connection)
                guard case .page(let page) = answer else { return (answer, nil) }
                let listing = DocumentListing(
                    items: try connection.documentRows(page.ids, in: workspace), hasMore: page.hasMore,
                    nextCursor: try page.nextCursor?.text, total: page.total, facets: page.facets, changesCursor: feed.head)
                return (answer, listing)
            }
            if let listing { return listing }
            if case .isBehind = answer { return nil }
        }
        return nil
    }

    /// How many snapshots are tried, should others always be newer.
    private static let snapshotsMax = 3
}

extension DocumentQuery {
    /// Whether it is about living documents, and asks more than to walk along an index.
    var mayBeKept: Bool { lifecycle == .active && (!filters.isEmpty || !tokens.isEmpty || includeTotal || includeFacets) }
}
