/// The right to see and change one workspace. No query can be built without one.
///
/// Only `Library` makes them, after it has checked a key; workers act by `RunClaim` instead.
package struct WorkspaceScope: Sendable, Hashable {
    package let workspace: WorkspaceID
    /// Who acts, as events record it.
    package let actor: String

    /// For `Library`, the program's local commands and tests; a request handler gets its scope from `Library.authenticate`.
    package init(workspace: WorkspaceID, actor: String) {
        self.workspace = workspace
        self.actor = actor
    }
}
