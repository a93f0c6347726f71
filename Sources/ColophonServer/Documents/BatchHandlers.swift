import ColophonAPI
import ColophonCore
import Hummingbird

/// Several documents at once, and what is counted over all of them.
struct BatchHandlers: Sendable {
    let library: Library

    func delete(_ request: Request, _ context: ServerContext) async throws -> Response {
        let named = try NamedDocuments(try await JSONBody(request, known: ["documentIds"]))
        let batch = try await named.unlessEmpty { try await library.deleteDocuments($0, in: context.scope) }
        return try .json(
            BatchDeletion(deleted: batch.items.map(\.rawValue), notFound: named.notFound(beside: batch.notFound)))
    }

    func tags(_ request: Request, _ context: ServerContext) async throws -> Response {
        let body = try await JSONBody(request, known: ["documentIds", "add", "remove"])
        let named = try NamedDocuments(body)
        // Checked here too: a batch of which no id can be one asks the library nothing.
        let edit = try TagEdit(add: body.texts("add") ?? [], remove: body.texts("remove") ?? [])
        let batch = try await named.unlessEmpty {
            try await library.batchTags(of: $0, add: edit.added, remove: edit.removed, in: context.scope)
        }
        return try .json(
            BatchTagging(documents: try batch.items.map { try DocumentOut($0) }, notFound: named.notFound(beside: batch.notFound)))
    }

    func runs(_ request: Request, _ context: ServerContext) async throws -> Response {
        let body = try await JSONBody(request, known: JSONBody.settingsNames.union(["documentIds"]))
        let (named, change) = (try NamedDocuments(body), try body.settingsChange())
        let batch = try await named.unlessEmpty { try await library.startRuns(of: $0, changing: change, in: context.scope) }
        return try .json(
            BatchRuns(runs: batch.items.map { RunOut($0) }, notFound: named.notFound(beside: batch.notFound)), status: .created)
    }

    func catalogue(_ request: Request, _ context: ServerContext) async throws -> Response {
        let query = try TagQuery.parse(
            q: request.single("q"), limit: request.single("limit"), cursor: request.single("cursor"), sort: request.single("sort"),
            limits: library.limits)
        let page = try await library.tagCatalogue(query, in: context.scope)
        return try .json(
            TagCatalogue(
                items: page.items.map { TagCatalogue.Item(tag: $0.tag, documentCount: $0.documentCount) },
                meta: PageMeta(limit: query.limit, hasMore: page.hasMore, nextCursor: page.nextCursor)))
    }
}

/// The documents that a batch names.
private struct NamedDocuments {
    /// As they were sent, each once.
    private let texts: [String]
    /// Those that can be ids.
    private let ids: [DocumentID]

    init(_ body: JSONBody) throws {
        let texts = try body.requiredTexts("documentIds")
        guard (1...Library.batchMax).contains(texts.count) else {
            throw ColophonError(.invalid, "documentIds names from 1 to \(Library.batchMax) documents.", field: "documentIds")
        }
        var seen: Set<String> = []
        self.texts = texts.filter { seen.insert($0).inserted }
        ids = self.texts.compactMap { try? DocumentID(chosen: $0) }
    }

    /// Calls a verb that wants at least one document.
    func unlessEmpty<Item>(_ verb: ([DocumentID]) async throws -> Batch<Item>) async throws -> Batch<Item> {
        try await ids.isEmpty ? Batch(items: [], notFound: []) : verb(ids)
    }

    /// What was not found and what cannot be an id, in the order in which they were sent.
    func notFound(beside unknown: [DocumentID]) -> [String] {
        let found = Set(ids).subtracting(unknown)
        return texts.filter { !found.contains(DocumentID(rawValue: $0)) }
    }
}
