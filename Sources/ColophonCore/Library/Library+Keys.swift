extension Library {
    /// Makes a key for a workspace and says it once: only its hash is kept.
    ///
    /// - Parameters:
    ///   - role: What it is in that workspace.
    ///   - scope: The most that may be done with it anywhere.
    ///   - lifetime: Nil is for ever.
    ///   - keep: Called with the key before it is valid, to put it where it will be found; when it throws there is no key.
    package func createKey(
        named name: String, for workspace: WorkspaceID = Self.defaultWorkspace, role: Role = .admin, scope: Permission = .admin,
        lifetime: Duration? = nil, keep: (APIKey) throws -> Void = { _ in }
    ) async throws -> APIKey {
        try await store.ensureWorkspace(workspace, name: workspace.rawValue)
        let key = APIKey.make()
        try keep(key)
        try await store.addKey(
            StoredKey(
                id: key.id, workspace: workspace, name: OriginalName.sanitized(name), hash: key.hash, scope: scope,
                createdAt: machine.wallClock.now(), revokedAt: nil),
            role: role, lifetime: lifetime)
        return key
    }
}
