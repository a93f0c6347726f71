import ColophonAPI
import ColophonCore
import HTTPTypes
import Hummingbird

/// A handler decodes, calls one verb, encodes.
struct DocumentHandlers: Sendable {
    let library: Library

    func create(_ request: Request, _ context: ServerContext) async throws -> Response {
        try await upload(request, to: nil, context)
    }

    func upload(_ request: Request, _ context: ServerContext) async throws -> Response {
        try await upload(request, to: try DocumentID(chosen: context.parameters.require("id")), context)
    }

    private func upload(_ request: Request, to id: DocumentID?, _ context: ServerContext) async throws -> Response {
        let scope = try context.scope
        let process = try request.flag("process", default: true)
        let duplicate = try request.word("duplicate", default: ColophonCore.DuplicateChoice.reuse)
        let library = try library.making(try request.settingsChange())
        let file = try await SentFile.stage(request, library: library, in: scope)
        let outcome = try await library.upload(
            file.receipt, to: id, name: file.name, declaredType: file.declaredType, process: process, duplicate: duplicate, in: scope)
        let status = DocumentStatus(outcome.detail, dedupedFrom: outcome.dedupedFrom)
        return try .json(status, status: .accepted, headers: [.location: "/v1/documents/\(status.documentId)"])
    }

    func status(_ request: Request, _ context: ServerContext) async throws -> Response {
        try .json(DocumentStatus(try await library.document(context.documentID, in: context.scope)))
    }

    func list(_ request: Request, _ context: ServerContext) async throws -> Response {
        let after = try request.single("after").map(DocumentID.init(rawValue:))
        let page = try await library.documents(limit: request.number("limit"), after: after, in: context.scope)
        return try .json(
            DocumentList(
                documents: page.items.map { DocumentStatus($0) }, hasMore: page.hasMore,
                nextAfter: page.hasMore ? page.items.last?.document.id.rawValue : nil))
    }

    func delete(_ request: Request, _ context: ServerContext) async throws -> Response {
        let id = try context.documentID
        try await library.delete(id, in: context.scope)
        return try .json(Deletion(documentId: id.rawValue))
    }

    func events(_ request: Request, _ context: ServerContext) async throws -> Response {
        let after = try request.number("after", as: Int64.self) ?? 0
        let page = try await library.events(of: context.documentID, after: after, limit: request.number("limit"), in: context.scope)
        return try .json(
            EventList(
                events: page.items.map { EventList.Event($0) }, nextAfter: page.items.last?.seq ?? after, hasMore: page.hasMore))
    }

    func download(_ request: Request, _ context: ServerContext) async throws -> Response {
        try await VersionAnswer.response(
            for: library.document(context.documentID, in: context.scope).version, to: request, context, library: library)
    }
}

extension ServerContext {
    var documentID: DocumentID {
        get throws {
            // An id that nobody could have chosen is as unknown as any other.
            do { return try DocumentID(chosen: parameters.require("id")) } catch { throw ColophonError.unknownDocument() }
        }
    }

    var runID: RunID {
        get throws { RunID(rawValue: try parameters.require("run")) }
    }
}
