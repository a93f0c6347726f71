import ColophonAPI
import ColophonCore
import Hummingbird

struct RunHandlers: Sendable {
    let library: Library

    func list(_ request: Request, _ context: ServerContext) async throws -> Response {
        let page = try await library.runs(
            of: context.documentID, limit: request.number("limit"), before: request.number("before"), in: context.scope)
        return try .json(
            RunList(runs: page.items.map { RunRecord($0) }, hasMore: page.hasMore, nextBefore: page.hasMore ? page.items.last?.number : nil)
        )
    }

    func show(_ request: Request, _ context: ServerContext) async throws -> Response {
        try .json(RunReport(try await library.runDetail(context.runID, of: context.documentID, in: context.scope)) { RunRecord($0) })
    }

    func start(_ request: Request, _ context: ServerContext) async throws -> Response {
        let change = try request.settingsChange()
        try await DocumentPassword.keep(from: request, forRunOf: context.documentID, library: library, in: context.scope)
        return try .json(
            RunRecord(try await library.startRun(of: context.documentID, changing: change, in: context.scope)), status: .accepted)
    }

    func reparse(_ request: Request, _ context: ServerContext) async throws -> Response {
        let id = try context.documentID
        let change = try request.settingsChange()
        try await DocumentPassword.keep(from: request, forRunOf: id, library: library, in: context.scope)
        _ = try await library.reparse(id, changing: change, in: context.scope)
        return try .json(DocumentStatus(try await library.document(id, in: context.scope)), status: .accepted)
    }

    func retry(_ request: Request, _ context: ServerContext) async throws -> Response {
        try await DocumentPassword.keep(from: request, forRetryOf: context.runID, library: library, in: context.scope)
        return try .json(RunRecord(try await library.retry(context.runID, of: context.documentID, in: context.scope)), status: .accepted)
    }

    func cancel(_ request: Request, _ context: ServerContext) async throws -> Response {
        try .json(RunRecord(try await library.cancel(context.runID, of: context.documentID, in: context.scope)))
    }

    func cancelAll(_ request: Request, _ context: ServerContext) async throws -> Response {
        let id = try context.documentID
        _ = try await library.cancel(nil, of: id, in: context.scope)
        return try .json(DocumentStatus(try await library.document(id, in: context.scope)))
    }
}
