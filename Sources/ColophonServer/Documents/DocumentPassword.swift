import ColophonCore
import HTTPTypes
import Hummingbird

/// What opens a protected document, as a request brings it beside the document's bytes or beside the wish for a run.
struct DocumentPassword {
    private let text: String

    /// - Throws: `invalid` for one that no format knows, before anything is stored.
    static func sent(with request: Request) throws -> DocumentPassword? {
        guard let text = request.headers[.documentPassword] else { return nil }
        try DocumentPasswords.check(text)
        return DocumentPassword(text: text)
    }

    func keep(for sha256: String, library: Library, in scope: WorkspaceScope) throws {
        try library.keepPassword(text, for: sha256, in: scope)
    }

    /// Keeps what a request for a run of a document's newest bytes brings, before the run can be claimed.
    static func keep(from request: Request, forRunOf id: DocumentID, library: Library, in scope: WorkspaceScope) async throws {
        guard let password = try sent(with: request) else { return }
        try password.keep(for: await library.document(id, in: scope).version.sha256, library: library, in: scope)
    }

    /// The same for a run that is tried again, perhaps over older bytes.
    static func keep(from request: Request, forRetryOf run: RunID, library: Library, in scope: WorkspaceScope) async throws {
        guard let password = try sent(with: request) else { return }
        let version = try await library.version(readBy: library.run(run, in: scope), in: scope)
        try password.keep(for: version.sha256, library: library, in: scope)
    }
}
