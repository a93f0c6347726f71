import ColophonAPI
import ColophonCore
import HTTPTypes
import Hummingbird

struct ResultHandlers: Sendable {
    /// The largest `pages` artifact that is read to answer for one page, in bytes.
    static let pagesBytesMax = 256 << 20

    let library: Library

    func export(_ request: Request, _ context: ServerContext) async throws -> Response {
        let kind = try Self.kind(named: request.single("format") ?? "json")
        let run = try request.single("run").map(RunID.init(rawValue:))
        let (resolved, body) = try await library.result(kind, run: run, of: context.documentID, in: context.scope)
        let base = resolved.version.originalName.split(separator: ".").first.map(String.init) ?? "document"
        return .blob(
            body, type: kind.contentType, fileName: "\(base).\(kind == .text ? "txt" : kind.rawValue)",
            headers: [HTTPField.Name("X-Run-Id")!: resolved.run.id.rawValue])
    }

    func pages(_ request: Request, _ context: ServerContext) async throws -> Response {
        let (resolved, records) = try await records(request, context)
        return try .json(
            PageList(
                documentId: resolved.run.documentID.rawValue, runId: resolved.run.id.rawValue,
                pages: records.map { PageList.Summary(pageNumber: $0.pageNumber, width: $0.width, height: $0.height) }))
    }

    func page(_ request: Request, _ context: ServerContext) async throws -> Response {
        guard let number = Int(try context.parameters.require("n")) else {
            throw ColophonError(.invalid, "A page number is a whole number from 1.", field: "n")
        }
        let (resolved, records) = try await records(request, context)
        guard let record = records.first(where: { $0.pageNumber == number }) else {
            throw ColophonError(.notFound, "This result has no page \(number); it has \(records.count).", reason: "PAGE_NOT_FOUND")
        }
        return try .json(
            PageContent(
                documentId: resolved.run.documentID.rawValue, runId: resolved.run.id.rawValue, pageNumber: number, width: record.width,
                height: record.height, markdown: record.markdown, text: record.text))
    }

    private func records(_ request: Request, _ context: ServerContext) async throws -> (ResolvedArtifact, [PageRecord]) {
        let run = try request.single("run").map(RunID.init(rawValue:))
        return try await library.pages(run: run, of: context.documentID, bytesMax: Self.pagesBytesMax, in: context.scope)
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
