import ColophonAPI
import ColophonCore
import HTTPTypes
import Hummingbird

/// The runs of a workspace, named without their documents.
struct WorkspaceRunHandlers: Sendable {
    let library: Library

    func list(_ request: Request, _ context: ServerContext) async throws -> Response {
        return try await list(of: request.single("documentId"), request, context)
    }

    func listOfDocument(_ request: Request, _ context: ServerContext) async throws -> Response {
        let id = try context.documentID
        _ = try await library.documentRow(id, in: context.scope)
        return try await list(of: id.rawValue, request, context)
    }

    private func list(of document: String?, _ request: Request, _ context: ServerContext) async throws -> Response {
        let query = try RunQuery.parse(
            limit: request.single("limit"), cursor: request.single("cursor"), documentID: document, status: request.single("status"),
            limits: library.limits)
        return try .json(RunListOut(try await library.runs(query, in: context.scope), limit: query.limit))
    }

    func start(_ request: Request, _ context: ServerContext) async throws -> Response {
        let body = try await JSONBody(request, known: JSONBody.settingsNames.union(["documentId"]))
        let text = try body.requiredText("documentId")
        guard let id = try? DocumentID(chosen: text) else { throw ColophonError.unknownDocument() }
        return try await start(id, changing: body.settingsChange(), request, context)
    }

    func startOfDocument(_ request: Request, _ context: ServerContext) async throws -> Response {
        let body = try await JSONBody(request, known: JSONBody.settingsNames, isOptional: true)
        return try await start(context.documentID, changing: body.settingsChange(), request, context)
    }

    private func start(
        _ id: DocumentID, changing change: SettingsChange, _ request: Request, _ context: ServerContext
    ) async throws -> Response {
        try await DocumentPassword.keep(from: request, forRunOf: id, library: library, in: context.scope)
        return try .json(RunOut(try await library.startRun(of: id, changing: change, in: context.scope)), status: .created)
    }

    func show(_ request: Request, _ context: ServerContext) async throws -> Response {
        let run = try await library.run(context.runID, in: context.scope)
        let detail = try await library.runDetail(run.id, of: run.documentID, in: context.scope)
        return try .json(RunDetailOut(detail) { RunOut($0) })
    }

    func cancel(_ request: Request, _ context: ServerContext) async throws -> Response {
        let run = try await library.run(context.runID, in: context.scope)
        return try .json(RunOut(try await library.cancel(run.id, of: run.documentID, in: context.scope)))
    }

    func retry(_ request: Request, _ context: ServerContext) async throws -> Response {
        let run = try await library.run(context.runID, in: context.scope)
        try await DocumentPassword.keep(from: request, forRetryOf: run.id, library: library, in: context.scope)
        return try .json(RunOut(try await library.retry(run.id, of: run.documentID, in: context.scope)))
    }
}
