import ColophonAPI
import ColophonCore
import HTTPTypes
import Hummingbird

struct ResultHandlers: Sendable {
    /// The largest `pages` artifact that is read at once, in bytes; a page takes about 60.
    static let pagesBytesMax = 64 << 20
    /// The largest structure that is read to show one page, in bytes.
    static let structureBytesMax = 64 << 20

    /// How many nodes are listed unless told.
    static let nodesDefault = 100

    let library: Library

    func export(_ request: Request, _ context: ServerContext) async throws -> Response {
        let kinds = try Self.kinds(named: request.single("format") ?? "json", source: request.single("source"))
        let run = try request.single("run").map(RunID.init(rawValue:))
        return try await answer(kinds, run: run, of: context.documentID, context)
    }

    /// The first of several results that the run kept.
    func answer(_ kinds: [ArtifactKind], run: RunID?, of id: DocumentID, _ context: ServerContext) async throws -> Response {
        for kind in kinds.dropLast() {
            do {
                return try await answer(kind, run: run, of: id, context)
            } catch let error as ColophonError where error.reason == "NO_SUCH_RESULT" {
                continue
            }
        }
        return try await answer(kinds[kinds.count - 1], run: run, of: id, context)
    }

    /// A stored result as an attachment, named after the file that it was read from.
    func answer(_ kind: ArtifactKind, run: RunID?, of id: DocumentID, _ context: ServerContext) async throws -> Response {
        let scope = try context.scope
        let (resolved, body) = try await library.result(kind, run: run, of: id, in: scope)
        let base = Self.withoutExtension(resolved.version.originalName)
        return BlobAnswer(
            body: body, type: kind.contentType, fileName: "\(base).\(kind.fileExtension)",
            headers: [HTTPField.Name("X-Run-Id")!: resolved.run.id.rawValue], idleTimeout: library.limits.idleTimeout,
            onSent: { [library] in await library.noteDownload(of: resolved, in: scope) }
        ).response(on: context.channel)
    }

    func pages(_ request: Request, _ context: ServerContext) async throws -> Response {
        let run = try request.single("run").map(RunID.init(rawValue:))
        let (resolved, records) = try await library.pages(
            run: run, of: context.documentID, bytesMax: Self.pagesBytesMax, in: context.scope)
        return try .json(
            PageList(
                documentId: resolved.run.documentID.rawValue, runId: resolved.run.id.rawValue,
                pages: records.map { PageList.Summary(pageNumber: $0.pageNumber, width: $0.width, height: $0.height) }))
    }

    func nodes(_ request: Request, _ context: ServerContext) async throws -> Response {
        try request.allow(["type", "limit", "offset", "run"])
        let kind = try request.single("type").map { text in
            guard let kind = ResultNode.Kind(rawValue: text) else {
                let words = ResultNode.Kind.allCases.map(\.rawValue).joined(separator: ", ")
                throw ColophonError(.invalid, "type must be one of \(words).", field: "type")
            }
            return kind
        }
        let limit = try request.number("limit") ?? Self.nodesDefault
        let offset = try request.number("offset") ?? 0
        guard (1...library.limits.eventsMax).contains(limit) else {
            throw ColophonError(.invalid, "limit must be from 1 to \(library.limits.eventsMax).", field: "limit")
        }
        guard (0...Int(Int32.max)).contains(offset) else {
            throw ColophonError(.invalid, "offset must be a whole number from 0.", field: "offset")
        }
        let run = try request.single("run").map(RunID.init(rawValue:))
        let found = try await library.nodes(
            kind, offset..<offset + limit, run: run, of: context.documentID, bytesMax: Self.structureBytesMax, in: context.scope)
        return try .json(NodeList(nodes: found.nodes.map { NodeList.Node($0) }, total: found.total, limit: limit, offset: offset))
    }

    /// A name up to its last dot; the whole name when it has none, or begins with it.
    static func withoutExtension(_ name: String) -> String {
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
        return String(name[..<dot])
    }

    /// - Parameter source: Where XML is from; nil takes a mapping's, or else what the document carries.
    /// - Returns: At least one; the first that there is is meant.
    static func kinds(named name: String, source: String?) throws -> [ArtifactKind] {
        guard source == nil || name == "xml" else {
            throw ColophonError(.invalid, "source is for the format xml.", field: "source")
        }
        switch name {
        case "json": return [.structure]
        case "md", "markdown": return [.markdown]
        case "html": return [.html]
        case "text", "txt": return [.text]
        case "fields": return [.fields]
        case "xml":
            switch source {
            case nil: return [.mapped, .invoice]
            case "embedded": return [.invoice]
            case "mapping": return [.mapped]
            default: throw ColophonError(.invalid, "source must be embedded or mapping.", field: "source")
            }
        default: throw ColophonError(.invalid, "format must be json, md, html, text, xml or fields.", field: "format")
        }
    }
}
