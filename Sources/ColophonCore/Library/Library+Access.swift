extension Library {
    /// The workspace that `serve` makes for those who need only one.
    package static let defaultWorkspace = WorkspaceID(rawValue: "default")

    /// Turns a secret into the right to act.
    ///
    /// - Throws: `unauthorized`, in the same words whether the key is malformed, unknown, revoked or wrong.
    package func authenticate(_ secret: String?) async throws -> WorkspaceScope {
        guard let secret else { throw Self.unauthorized("Send a key as a bearer token or in X-Api-Key.") }
        guard let key = APIKey(text: secret), let stored = try await store.key(key.id), key.matches(stored.hash) else {
            throw Self.unauthorized("This key is not valid here.")
        }
        return WorkspaceScope(workspace: stored.workspace, actor: "key:\(stored.id)")
    }

    /// Makes a key for a workspace and says it once: only its hash is stored.
    ///
    /// - Parameter keep: Called with the key before it is valid, to put it where it will be found; when it throws there is no key.
    package func createKey(
        named name: String, for workspace: WorkspaceID = Self.defaultWorkspace, keep: (APIKey) throws -> Void = { _ in }
    ) async throws -> APIKey {
        try await store.ensureWorkspace(workspace, name: workspace.rawValue)
        let key = APIKey.make()
        try keep(key)
        try await store.addKey(
            StoredKey(
                id: key.id, workspace: workspace, name: OriginalName.sanitized(name), hash: key.hash, createdAt: SystemClock().now(),
                revokedAt: nil))
        return key
    }

    private static func unauthorized(_ message: String) -> ColophonError { ColophonError(.unauthorized, message, reason: "UNAUTHORIZED") }
}
