import ColophonAPI
import ColophonCore
import HTTPTypes
import Hummingbird

struct ResultHandlers: Sendable {
    /// The largest `pages` artifact that is read at once, in bytes; a page takes about 60.
    static let pagesBytesMax = 64 << 20
    /// The largest structure that is read to show one page, in bytes.
    static let structureBytesMax = 64 << 20

    let library: Library

    func export(_ request: Request, _ context: ServerContext) async throws -> Response {
        let kind = try Self.kind(named: request.single("format") ?? "json")
        let run = try request.single("run").map(RunID.init(rawValue:))
        let scope = try context.scope
        let (resolved, body) = try await library.result(kind, run: run, of: context.documentID, in: scope)
        let base = Self.withoutExtension(resolved.version.originalName)
        return BlobAnswer(
            body: body, type: kind.contentType, fileName: "\(base).\(kind == .text ? "txt" : kind.rawValue)",
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

    func page(_ request: Request, _ context: ServerContext) async throws -> Response {
        guard let number = Int(try context.parameters.require("n")) else {
            throw ColophonError(.invalid, "A page number is a whole number from 1.", field: "n")
        }
        let run = try request.single("run").map(RunID.init(rawValue:))
        let (resolved, record) = try await library.page(
            number, run: run, of: context.documentID, bytesMax: Self.structureBytesMax, in: context.scope)
        return try .json(
            PageContent(
                documentId: resolved.run.documentID.rawValue, runId: resolved.run.id.rawValue, pageNumber: number, width: record.width,
                height: record.height, markdown: record.markdown, text: record.text))
    }

    /// A name up to its last dot; the whole name when it has none, or begins with it.
    static func withoutExtension(_ name: String) -> String {
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
        return String(name[..<dot])
    }

    private static func kind(named name: String) throws -> ArtifactKind {
        switch name {
        case "json": .structure
        case "md", "markdown": .markdown
        case "html": .html
        case "text", "txt": .text
        default: throw ColophonError(.invalid, "format must be json, md, html or text.", field: "format")
        }
    }
}
