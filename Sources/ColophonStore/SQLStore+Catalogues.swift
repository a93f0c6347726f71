package import ColophonCore

extension SQLStore {
    package func tags(_ query: TagQuery, in scope: WorkspaceScope) async throws -> [TagCount] {
        try await database.walk { connection in
            if query.sort == .name && query.search == nil { return try connection.tagsByName(query, in: scope.workspace) }
            return try connection.tagsFound(query, in: scope.workspace)
        }
    }

    package func versions(
        of id: DocumentID, limit: Int, before number: Int?, in scope: WorkspaceScope
    ) async throws -> [DocumentVersion] {
        try await database.read { connection in
            _ = try connection.liveDocument(id, in: scope.workspace)
            return try connection.rows(
                """
                SELECT * FROM file_versions WHERE workspace_id = ? AND document_id = ? AND version_no < ?
                ORDER BY version_no DESC LIMIT ?
                """, [.id(scope.workspace), .id(id), .int(number ?? .max), .int(limit)]
            ).map(DocumentVersion.init(row:))
        }
    }

    package func version(_ number: Int, of id: DocumentID, in scope: WorkspaceScope) async throws -> DocumentVersion {
        try await database.read { connection in
            _ = try connection.liveDocument(id, in: scope.workspace)
            let found = try connection.row(
                "SELECT * FROM file_versions WHERE workspace_id = ? AND document_id = ? AND version_no = ?",
                [.id(scope.workspace), .id(id), .int(number)])
            guard let found else { throw ColophonError(.notFound, "This document has no such version.", reason: "VERSION_NOT_FOUND") }
            return try DocumentVersion(row: found)
        }
    }
}

extension SQLConnection {
    /// One tag after the other, each found behind the last: the index is not walked over every document of a tag.
    fileprivate func tagsByName(_ query: TagQuery, in workspace: WorkspaceID) throws -> [TagCount] {
        var names: [String] = []
        var last = query.after?.tag ?? ""
        while names.count <= query.limit {
            let next = try row(
                """
                SELECT tag FROM tags\(dialect.indexed(by: "tags_live")) WHERE workspace_id = ? AND is_live = 1 AND tag > ?
                ORDER BY tag LIMIT 1
                """, [.id(workspace), .text(last)])
            guard let next else { break }
            last = try next.text("tag")
            names.append(last)
        }
        return try names.map { name in
            let counted = try row(
                """
                SELECT count(*) AS number FROM tags\(dialect.indexed(by: "tags_live")) WHERE workspace_id = ? AND is_live = 1 AND tag = ?
                """, [.id(workspace), .text(name)])
            return TagCount(tag: name, documentCount: try counted?.int("number") ?? 0)
        }
    }

    /// Those that hold a text, or all of them by their counts: every tag of every document is counted.
    fileprivate func tagsFound(_ query: TagQuery, in workspace: WorkspaceID) throws -> [TagCount] {
        var values: [SQLValue] = [.id(workspace)]
        var condition = ""
        if let search = query.search {
            condition = " AND \(LikePattern.matches("tag"))"
            values.append(.text("%\(LikePattern.escaped(search))%"))
        }
        let (order, isBehind) =
            switch query.sort {
            case .name: ("tag", "tag > ?")
            case .count: ("number, tag", "(number > ? OR (number = ? AND tag > ?))")
            case .mostFirst: ("number DESC, tag", "(number < ? OR (number = ? AND tag > ?))")
            }
        var behind = ""
        if let after = query.after {
            behind = " WHERE \(isBehind)"
            values += query.sort == .name ? [.text(after.tag)] : [.int(after.count), .int(after.count), .text(after.tag)]
        }
        return try rows(
            """
            SELECT tag, number FROM (SELECT tag, count(*) AS number FROM tags\(dialect.indexed(by: "tags_live"))
                WHERE workspace_id = ? AND is_live = 1\(condition) GROUP BY tag) AS counted\(behind)
            ORDER BY \(order) LIMIT ?
            """, values + [.int(query.limit + 1)]
        ).map { TagCount(tag: try $0.text("tag"), documentCount: try $0.int("number")) }
    }
}
