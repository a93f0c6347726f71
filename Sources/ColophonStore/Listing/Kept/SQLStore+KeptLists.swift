package import ColophonCore

extension SQLStore {
    package func tendLists(within bytesMax: Int) async throws {
        try await tendLists(within: bytesMax, documentsMin: KeptLists.documentsMin)
    }

    /// - Parameter documentsMin: Smaller workspaces are left to the indexes.
    func tendLists(within bytesMax: Int, documentsMin: Int) async throws {
        if bytesMax == 0 { return }
        let (kept, wished) = lists.tend()
        var left = bytesMax
        let feeds = try await feeds(in: kept.map { WorkspaceScope(workspace: $0.workspace, actor: "lists") })
        var failure: (any Error)?
        for (workspace, list) in kept {
            do {
                // Most do not change between two turns.
                let isStill = feeds[workspace]?.head == list.position
                let isThere = if isStill { true } else { try await follow(list, of: workspace) }
                let bytes = list.byteCount
                if isThere && bytes <= left && !list.isWorn { left -= bytes } else { lists.drop(workspace) }
            } catch { failure = error }
        }
        for workspace in wished {
            do {
                left -= try await keepList(of: workspace, within: left, documentsMin: documentsMin) ?? 0
            } catch {
                // Others are not to wait for what fails again and again.
                if !(error is CancellationError) { lists.set(nil, of: workspace) }
                failure = error
            }
        }
        if let failure { throw failure }
    }

    /// Fetches a workspace's documents into memory, in many short reads: what changes meanwhile is in the feed, and is fetched again.
    ///
    /// - Returns: The memory that they take, in bytes; nil when they are not kept, since it is more than allowed or they are few.
    @discardableResult
    package func keepList(of workspace: WorkspaceID, within bytesMax: Int = .max, documentsMin: Int = 0) async throws -> Int? {
        let list = KeptList(position: try await database.read { try $0.feedPosition(of: workspace) }.head)
        var last = ""
        while true {
            // A server that is stopping does not wait for a million documents.
            try Task.checkCancellation()
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
        let isKept = try await follow(list, of: workspace) && list.count >= documentsMin
        lists.set(isKept ? list : nil, of: workspace)
        return isKept ? list.byteCount : nil
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
                    items: try connection.documentRows(page.ids, tags: page.tags, in: workspace), hasMore: page.hasMore,
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
    /// Whether it is about living documents, asks more than to walk along an index in its order, and does not look into each name again and
    /// again: others wait while columns are looked at.
    var mayBeKept: Bool {
        let patterns = tokens.count + filters.count { if case .isLike = $0.test { true } else { false } }
        let order = ListOrdering(sort, lifecycle: lifecycle)
        let isWalked =
            filters.isEmpty && tokens.isEmpty && !includeTotal && !includeFacets && (order.first.column != .source || order.isOfIndex)
        return lifecycle == .active && patterns <= 8 && !isWalked
    }
}
