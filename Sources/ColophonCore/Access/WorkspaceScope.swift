/// The right to see and change one workspace. No query can be built without one.
///
/// Only `Library` makes them, after it has checked a credential; workers act by `RunClaim` instead.
package struct WorkspaceScope: Sendable, Hashable {
    package let workspace: WorkspaceID
    /// Who acts, as events record it.
    package let actor: String
    /// The most that may be done with it.
    package let permission: Permission

    /// For `Library`, the program's local commands and tests; a request handler gets its scope from `Library`.
    package init(workspace: WorkspaceID, actor: String, permission: Permission = .admin) {
        self.workspace = workspace
        self.actor = actor
        self.permission = permission
    }

    /// What must go on holding for whoever acts; nil for the program's own commands.
    package var grant: Grant? { Member(actor).map { Grant(member: $0, workspace: workspace) } }

    /// - Throws: `forbidden` when less is allowed.
    package func require(_ needed: Permission) throws {
        guard permission >= needed else {
            throw ColophonError(
                .forbidden, "This key or session may not do this here; it needs to be allowed to \(needed.rawValue).", reason: "FORBIDDEN")
        }
    }
}
