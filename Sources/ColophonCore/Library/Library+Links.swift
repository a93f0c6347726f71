extension Library {
    /// How long a download link opens its run's XML.
    package static let linkLifetimeDefault = Duration.seconds(3600)
    package static let linkLifetimeMax = Duration.seconds(7 * 86_400)

    /// A link that downloads a run's XML without any other credential.
    ///
    /// - Returns: Its text, and when it ends; sooner with the key or session that asked for it.
    /// - Throws: `invalid` for a lifetime below a second or above a week, `forbidden` for who is neither a key nor a session.
    package func downloadLink(to run: Run, lifetime: Duration, in scope: WorkspaceScope) async throws -> (
        text: String, expiresAt: Timestamp
    ) {
        guard lifetime >= .seconds(1), lifetime <= Self.linkLifetimeMax else {
            throw ColophonError(.invalid, "A link lasts from 1 second to 7 days.", field: "expires_in")
        }
        guard let member = Member(scope.actor), let giver = try await giver(member, in: scope.workspace) else {
            throw ColophonError(.forbidden, "Only keys and sessions can give links.", reason: "FORBIDDEN")
        }
        let link = DownloadLink(
            run: run.id, in: scope.workspace, by: member, until: giver.now + lifetime, secret: giver.secret)
        return (link.text, link.expiresAt)
    }

    /// The right to read that a link gives.
    ///
    /// - Throws: `forbidden`, in the same words whatever is wrong with it, and with reason `TOKEN_EXPIRED` for one that was good.
    package func scope(ofLink text: String, to run: RunID) async throws -> WorkspaceScope {
        let refusal = ColophonError(.forbidden, "This link does not open this download.", reason: "FORBIDDEN")
        guard let link = DownloadLink(text: text), link.run == run, let giver = try await giver(link.member, in: link.workspace),
            link.isSigned(with: giver.secret)
        else { throw refusal }
        guard giver.now < link.expiresAt else {
            throw ColophonError(.forbidden, "This link is over; ask whoever gave it for another one.", reason: "TOKEN_EXPIRED")
        }
        let grant = Grant(member: link.member, workspace: link.workspace)
        guard try await store.stillValid([grant]).contains(grant) else { throw refusal }
        return WorkspaceScope(workspace: link.workspace, actor: "link:\(link.member)", permission: .read)
    }

    /// What a key's or a session's links are signed with, and the database's time; nil for what is not stored.
    private func giver(_ member: Member, in workspace: WorkspaceID) async throws -> (secret: [UInt8], now: Timestamp)? {
        switch member {
        case .key(let id):
            guard let found = try await store.access(of: id, in: workspace) else { return nil }
            return (found.key.hash, found.now)
        case .session(let id):
            let found = try await store.access(of: id, personal: workspace, in: workspace)
            return found.session.map { ($0.hash, found.now) }
        }
    }
}
