public import ColophonAPI
import NIOHTTP1

extension Workspace {
    /// A page of documents.
    ///
    /// - Parameters:
    ///   - limit: 1 to 200.
    ///   - cursor: `meta.nextCursor` of the page before, which must have been of the same selection.
    ///   - includeTotal: Whether to count all that match.
    ///   - includeFacets: Whether to count them by their values.
    public func documents(
        _ selection: DocumentSelection = .newest, limit: Int = 50, cursor: String? = nil, includeTotal: Bool = false,
        includeFacets: Bool = false
    ) async throws(ClientError) -> DocumentListOut {
        try await get(
            "/documents" + selection.query(limit: limit, cursor: cursor, includeTotal: includeTotal, includeFacets: includeFacets))
    }

    /// All documents that match, page after page as they are needed. What changes meanwhile may be missed or come twice, unless they
    /// are sorted by what does not change.
    public func allDocuments(_ selection: DocumentSelection = .newest) -> DocumentSequence {
        DocumentSequence(workspace: self, selection: selection)
    }

    public func document(_ id: String) async throws(ClientError) -> DocumentOut { try await get(Self.path(of: id)) }

    /// Changes what the patch names.
    ///
    /// - Throws: `refused` with 409 when another live document has the new name.
    public func edit(_ id: String, _ patch: DocumentPatch) async throws(ClientError) -> DocumentOut {
        try await send(.PATCH, Self.path(of: id), body: patch)
    }

    /// Replaces all of a document's tags.
    public func setTags(_ tags: [String], of id: String) async throws(ClientError) -> DocumentOut {
        try await send(.PUT, Self.path(of: id) + "/tags", body: TagsBody(tags: tags))
    }

    /// Adds and removes tags of a document.
    public func tag(_ id: String, add: [String] = [], remove: [String] = []) async throws(ClientError) -> DocumentOut {
        try await send(.PATCH, Self.path(of: id) + "/tags", body: TagsPatch(add: add.nilIfEmpty, remove: remove.nilIfEmpty))
    }

    /// Adds and removes tags of at most 200 documents.
    public func tag(_ ids: [String], add: [String] = [], remove: [String] = []) async throws(ClientError) -> BatchTagging {
        try await send(
            .POST, "/documents/batch/tags", body: BatchTagsBody(documentIds: ids, add: add.nilIfEmpty, remove: remove.nilIfEmpty))
    }

    /// A page of the tags that live documents have.
    ///
    /// - Parameter text: What they hold, two characters at least.
    public func tags(matching text: String? = nil, limit: Int = 50, cursor: String? = nil) async throws(ClientError) -> TagCatalogue {
        var query = "?limit=\(limit)"
        if let text { query += "&q=\(PercentEncoding.encode(text))" }
        if let cursor { query += "&cursor=\(PercentEncoding.encode(cursor))" }
        return try await get("/documents/tags" + query)
    }

    /// Deletes a document, which can be restored until its bytes are removed.
    public func delete(_ id: String) async throws(ClientError) {
        _ = try await client.send(client.request(.DELETE, try await location(Self.path(of: id))))
    }

    /// Deletes at most 200 documents.
    public func delete(_ ids: [String]) async throws(ClientError) -> BatchDeletion {
        try await send(.POST, "/documents/batch/delete", body: BatchBody(documentIds: ids))
    }

    /// Takes a deletion back. Where its name was taken meanwhile the document gets another.
    public func restore(_ id: String) async throws(ClientError) -> DocumentOut { try await send(.POST, Self.path(of: id) + "/restore") }

    /// The bytes that a document has had, newest first, 200 at most.
    ///
    /// - Parameter number: Only those before this version.
    public func versions(of id: String, before number: Int? = nil) async throws(ClientError) -> VersionListOut {
        try await get(Self.path(of: id) + "/versions" + (number.map { "?before=\($0)" } ?? ""))
    }

    /// A document's history, oldest first.
    public func events(of id: String, after: Int64 = 0, limit: Int = 200) async throws(ClientError) -> EventList {
        try await get(Self.path(of: id) + "/events?after=\(after)&limit=\(limit)")
    }

    /// A document's bytes.
    ///
    /// - Parameters:
    ///   - version: Nil takes the newest.
    ///   - piece: Called with the bytes as they come.
    public func download(_ id: String, version: Int? = nil, piece: (borrowing [UInt8]) throws -> Void) async throws(ClientError) {
        try await download(Self.path(of: id) + (version.map { "/versions/\($0)" } ?? "") + "/download", piece: piece)
    }

    static func path(of document: String) -> String { "/documents/\(PercentEncoding.encode(document))" }
}

extension Array {
    /// Members that say nothing are left out of a body.
    fileprivate var nilIfEmpty: Self? { isEmpty ? nil : self }
}
