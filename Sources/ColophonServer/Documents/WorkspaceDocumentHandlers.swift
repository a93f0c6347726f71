import ColophonAPI
import ColophonCore
import FoundationEssentials
import HTTPTypes
import Hummingbird

/// One document of a workspace: a handler decodes, calls one verb, encodes.
struct WorkspaceDocumentHandlers: Sendable {
    let library: Library

    func list(_ request: Request, _ context: ServerContext) async throws -> Response {
        let query = try DocumentQuery.parse(
            filters: request.single("filters"), sort: request.single("sort"), joinOperator: request.single("joinOperator"),
            limit: request.single("limit"), cursor: request.single("cursor"), q: request.single("q"),
            includeTotal: request.single("includeTotal"), includeFacets: request.single("includeFacets"),
            lifecycle: request.single("lifecycle"), limits: library.limits, now: library.machine.wallClock.now())
        return try .json(DocumentListOut(try await library.list(query, in: context.scope), limit: query.limit))
    }

    func create(_ request: Request, _ context: ServerContext) async throws -> Response {
        let scope = try context.scope
        let file = try await SentFile.stage(
            request, isForm: true, known: ["metadata", "run_options", "conflictMode", "tags"], library: library, in: scope
        ) { [library] form in
            let fields = try UploadFields(form.fields)
            // Where the mode is not said yet it may still come.
            guard form.fields["conflictMode"] != nil else { return }
            try await library.checkName(form.file?.fileName, conflict: fields.conflict, in: scope)
        }
        let fields: UploadFields
        let library: Library
        do {
            fields = try UploadFields(file.fields)
            library = try self.library.making(fields.change)
        } catch {
            await self.library.discard(file.receipt.key)
            throw error
        }
        let row = try await library.createDocument(
            file.receipt, name: file.name, declaredType: file.declaredType, conflict: fields.conflict, metadata: fields.metadata,
            tags: fields.tags, process: fields.process, in: scope)
        return try .json(
            DocumentOut(row), status: .created,
            headers: [.location: "/\(request.uri.path.split(separator: "/").joined(separator: "/"))/\(row.id)"])
    }

    func show(_ request: Request, _ context: ServerContext) async throws -> Response {
        return try .json(DocumentOut(try await library.documentRow(context.documentID, in: context.scope)))
    }

    func change(_ request: Request, _ context: ServerContext) async throws -> Response {
        let body = try await JSONBody(request, known: ["name", "metadata", "tags"])
        let encoder = JSONEncoder()
        // So that the same edit twice changes nothing the second time.
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let metadata = try body.object("metadata").map { members in
            try DocumentMetadata(String(decoding: encoder.encode(members), as: UTF8.self))
        }
        let edit = try DocumentEdit(name: body.text("name"), metadata: metadata, tags: body.texts("tags"))
        return try .json(DocumentOut(try await library.edit(context.documentID, edit, in: context.scope)))
    }

    func delete(_ request: Request, _ context: ServerContext) async throws -> Response {
        try await library.delete(context.documentID, in: context.scope)
        return Response(status: .noContent)
    }

    func restore(_ request: Request, _ context: ServerContext) async throws -> Response {
        try .json(DocumentOut(try await library.restore(context.documentID, in: context.scope)))
    }

    func replaceTags(_ request: Request, _ context: ServerContext) async throws -> Response {
        let body = try await JSONBody(request, known: ["tags"])
        let row = try await library.replaceTags(of: context.documentID, with: body.requiredTexts("tags"), in: context.scope)
        return try .json(DocumentOut(row))
    }

    func changeTags(_ request: Request, _ context: ServerContext) async throws -> Response {
        let body = try await JSONBody(request, known: ["add", "remove"])
        let row = try await library.setTags(
            of: context.documentID, add: body.texts("add") ?? [], remove: body.texts("remove") ?? [], in: context.scope)
        return try .json(DocumentOut(row))
    }

    func events(_ request: Request, _ context: ServerContext) async throws -> Response {
        return try await DocumentHandlers(library: library).events(request, context)
    }
}

/// What a form says of its file, beside it.
struct UploadFields {
    var metadata = DocumentMetadata.empty
    var conflict = ColophonCore.ConflictMode.reject
    var tags: [String] = []
    var process = true
    var change = SettingsChange.none

    /// - Throws: `badRequest` where a field is no JSON and should be, `invalid` where it says something that it may not.
    init(_ fields: [String: String]) throws {
        // Read as the other fields first, so that what is no JSON is called the same.
        _ = try Self.json(fields, "metadata")
        metadata = try DocumentMetadata(fields["metadata"])
        if let text = fields["conflictMode"], !text.isEmpty {
            guard let mode = ColophonCore.ConflictMode(rawValue: text) else {
                let words = ColophonCore.ConflictMode.allCases.map(\.rawValue).joined(separator: ", ")
                throw ColophonError(.invalid, "conflictMode must be one of \(words).", field: "conflictMode")
            }
            conflict = mode
        }
        if let value = try Self.json(fields, "tags") { tags = try JSONBody.texts(value, at: "tags") }
        if let value = try Self.json(fields, "run_options") {
            guard case .object(let members) = value else {
                throw ColophonError(.invalid, "run_options must be an object.", field: "run_options")
            }
            let options = try JSONBody(members, known: JSONBody.settingsNames.union(["process"]), prefix: "run_options.")
            change = try options.settingsChange()
            process = try options.flag("process") ?? true
        }
    }

    /// A field's JSON; nil where it is absent or blank.
    private static func json(_ fields: [String: String], _ name: String) throws -> JSONValue? {
        guard let text = fields[name], !text.allSatisfy(\.isWhitespace) else { return nil }
        return try JSONBody.value(of: text.utf8, named: name)
    }
}
