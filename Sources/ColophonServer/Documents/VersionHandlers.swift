import ColophonAPI
import ColophonCore
import HTTPTypes
import Hummingbird

/// The bytes that a document has and had.
struct VersionHandlers: Sendable {
    /// How many versions one answer lists.
    static let listMax = 200

    let library: Library

    func list(_ request: Request, _ context: ServerContext) async throws -> Response {
        let page = try await library.versions(
            of: context.documentID, limit: request.number("limit") ?? Self.listMax, before: request.number("before"), in: context.scope)
        return try .json(VersionListOut(items: page.items.map { VersionOut($0) }, hasMore: page.hasMore))
    }

    func add(_ request: Request, _ context: ServerContext) async throws -> Response {
        let (scope, id) = (try context.scope, try context.documentID)
        // Before the body is read: nobody should send a gigabyte to learn that there is no such document.
        _ = try await library.documentRow(id, in: scope)
        let library = try library.making(try request.settingsChange())
        let file = try await SentFile.stage(request, isForm: true, library: library, in: scope)
        let row = try await library.addVersion(file.receipt, to: id, name: file.name, declaredType: file.declaredType, in: scope)
        return try .json(DocumentOut(row), status: .created)
    }

    func download(_ request: Request, _ context: ServerContext) async throws -> Response {
        let (id, scope) = (try context.documentID, try context.scope)
        guard let text = context.parameters.get("n") else {
            return try await VersionAnswer.response(
                for: library.document(id, in: scope).version, to: request, context, library: library)
        }
        // A number that no version can have is as unknown as one that none has yet.
        return try await VersionAnswer.response(
            for: library.version(Int(text) ?? 0, of: id, in: scope), to: request, context, library: library)
    }
}
