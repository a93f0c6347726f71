import ColophonCore
import ColophonTestSupport
import Testing

/// What every store promises about keys, sessions and memberships.
@Suite struct AccessConformanceTests {
    private func addKey(
        _ open: OpenStore, role: Role = .admin, scope: Permission = .admin, lifetime: Duration? = nil
    ) async throws -> APIKey {
        let key = APIKey.make()
        try await open.store.addKey(
            StoredKey(
                id: key.id, workspace: open.scope.workspace, name: "k", hash: key.hash, scope: scope, createdAt: open.clock.now(),
                revokedAt: nil
            ), role: role, lifetime: lifetime)
        return key
    }

    private func access(_ open: OpenStore, _ token: SessionToken, in workspace: WorkspaceID? = nil) async throws -> SessionAccess {
        try await open.store.access(of: token.id, personal: token.personalWorkspace, in: workspace)
    }

    @Test(arguments: StoreDriver.allCases)
    func `a key is stored with scope, role and end, and is a member of its workspace alone`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let key = try await addKey(open, role: .viewer, scope: .write, lifetime: .seconds(60))
        let found = try #require(try await open.store.access(of: key.id, in: nil))
        #expect(found.key.scope == .write && found.role == .viewer && found.key.hash == key.hash && found.key.lastUsedAt == nil)
        #expect(found.now == open.clock.now() && found.key.expiresAt == open.clock.now() + .seconds(60))
        #expect(try await open.store.access(of: key.id, in: open.scope.workspace)?.role == .viewer)
        #expect(try await open.store.access(of: key.id, in: open.stranger.workspace)?.role == nil)
        #expect(try await open.store.access(of: key.id, in: WorkspaceID(rawValue: "none"))?.role == nil)
        #expect(try await open.store.access(of: APIKey.make().id, in: nil) == nil)
        #expect(try await open.store.key(key.id) != nil)
        open.clock.advance(by: .seconds(60))
        #expect(try await open.store.key(key.id) == nil)
        #expect(try await open.store.access(of: key.id, in: nil)?.key.isValid(at: open.clock.now()) == false)
    }

    @Test(arguments: StoreDriver.allCases)
    func `memberships are given, changed, listed and taken back`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let key = try await addKey(open)
        let (member, other) = (Member.key(key.id), open.stranger.workspace)
        try await open.store.grant(.viewer, to: member, in: other)
        #expect(try await open.store.access(of: key.id, in: other)?.role == .viewer)
        try await open.store.grant(.editor, to: member, in: other)
        let listed = try await open.store.memberships(of: [member, .key(APIKey.make().id)])
        #expect(listed.map(\.workspace) == [open.scope.workspace, other] && listed.map(\.role) == [.admin, .editor])
        #expect(try await open.store.memberships(of: []) == [])
        try await open.store.ungrant(member, in: other)
        #expect(try await open.store.access(of: key.id, in: other)?.role == nil)
        for wrong in [Member.key(APIKey.make().id), .session(SessionToken.make().id)] {
            await #expect(throws: ColophonError.self) { try await open.store.grant(.viewer, to: wrong, in: other) }
        }
        await #expect(throws: ColophonError.self) { try await open.store.grant(.viewer, to: member, in: WorkspaceID(rawValue: "none")) }
        await #expect(throws: ColophonError.self) { try await open.store.ungrant(member, in: other) }
    }

    @Test(arguments: StoreDriver.allCases)
    func `a session is established once, however many do it at the same time`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let token = SessionToken.make()
        #expect(try await access(open, token).session == nil)
        #expect(try await !access(open, token).hasWorkspace)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<32 { group.addTask { try await open.store.establish(NewSession(token), keeping: .anonymous) } }
            try await group.waitForAll()
        }
        let found = try await access(open, token)
        let session = try #require(found.session)
        #expect(session.hash == token.hash && session.workspace == token.personalWorkspace && session.key == nil && found.role == .editor)
        #expect(session.expiresAt == open.clock.now() + StoredSession.lifetime && session.lastUsedAt == open.clock.now())
        #expect(try await open.store.retention(of: token.personalWorkspace) == .anonymous)
        #expect(try await open.store.memberships(of: [.session(token.id)]).count == 1)
        // It has a feed: an upload's change can be numbered.
        let scope = WorkspaceScope(workspace: token.personalWorkspace, actor: "session:\(token.id)")
        try await open.upload(in: scope)
        #expect(try await open.store.changes(after: 0, limit: 9, in: scope).map(\.id) == [1])
        #expect(try await access(open, token, in: open.scope.workspace).role == nil)
    }

    @Test(arguments: StoreDriver.allCases)
    func `a session whose id is another's is refused`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let (token, other) = (SessionToken.make(), SessionToken.make())
        try await open.store.establish(NewSession(token), keeping: .anonymous)
        var forged = NewSession(other)
        forged.id = token.id
        await #expect(throws: ColophonError.self) { try await open.store.establish(forged, keeping: .anonymous) }
        #expect(try await access(open, token).session?.hash == token.hash)
        #expect(try await !access(open, other).hasWorkspace)
    }

    @Test(arguments: StoreDriver.allCases)
    func `signing in hands the workspace on, revokes the old session, and gives the key its place`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let key = try await addKey(open, scope: .read)
        let (old, new) = (SessionToken.make(), SessionToken.make())
        try await open.store.establish(NewSession(old), keeping: .anonymous)
        try await open.store.signIn(NewSession(new), with: key.id, replacing: NewSession(old))
        #expect(try await access(open, old).session?.revokedAt == open.clock.now())
        let own = try await access(open, new)
        #expect(
            own.session?.workspace == old.personalWorkspace && own.session?.key == key.id && own.role == .editor && own.keyRole == .admin)
        let shared = try await access(open, new, in: open.scope.workspace)
        #expect(shared.role == nil && shared.keyRole == .admin && shared.key?.scope == .read)
        #expect(try await open.store.memberships(of: [.session(old.id)]) == [])
        // A session that is over, or whose secret is another's, hands nothing on.
        for nothing in [old, SessionToken.make()] {
            let third = SessionToken.make()
            try await open.store.signIn(NewSession(third), with: key.id, replacing: NewSession(nothing))
            let found = try await access(open, third)
            #expect(found.session?.workspace == third.personalWorkspace && !found.hasWorkspace && found.role == nil)
        }
        try await open.store.revokeKey(key.id)
        await #expect(throws: ColophonError.self) {
            try await open.store.signIn(NewSession(SessionToken.make()), with: key.id, replacing: nil)
        }
    }

    @Test(arguments: StoreDriver.allCases)
    func `grants hold as long as key, session and membership do`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let (here, there) = (open.scope.workspace, open.stranger.workspace)
        let (key, short, gone) = (try await addKey(open), try await addKey(open, lifetime: .seconds(10)), try await addKey(open))
        try await open.store.revokeKey(gone.id)
        let (stored, unstored, signedIn, ended) = (SessionToken.make(), SessionToken.make(), SessionToken.make(), SessionToken.make())
        for token in [stored, ended] { try await open.store.establish(NewSession(token), keeping: .anonymous) }
        try await open.store.revokeSession(ended.id)
        try await open.store.signIn(NewSession(signedIn), with: short.id, replacing: nil)
        func grant(_ member: Member, _ workspace: WorkspaceID) -> Grant { Grant(member: member, workspace: workspace) }
        let lasting: Set = [
            grant(.key(key.id), here), grant(.session(stored.id), stored.personalWorkspace),
            grant(.session(unstored.id), unstored.personalWorkspace), grant(.session(signedIn.id), signedIn.personalWorkspace),
        ]
        let passing: Set = [grant(.key(short.id), here), grant(.session(signedIn.id), here)]
        let none: Set = [
            grant(.key(gone.id), here), grant(.key(key.id), there), grant(.key(APIKey.make().id), here), grant(.session(stored.id), here),
            grant(.session(ended.id), ended.personalWorkspace), grant(.session(signedIn.id), there),
        ]
        let all = Array(lasting.union(passing).union(none))
        #expect(try await open.store.stillValid(all) == lasting.union(passing))
        open.clock.advance(by: .seconds(10))
        #expect(try await open.store.stillValid(all) == lasting)
        try await open.store.ungrant(.key(key.id), in: here)
        try await open.store.ungrant(.session(stored.id), in: stored.personalWorkspace)
        #expect(
            try await open.store.stillValid(all) == [
                grant(.session(unstored.id), unstored.personalWorkspace), grant(.session(signedIn.id), signedIn.personalWorkspace),
            ])
        open.clock.advance(by: StoredSession.idleMax)
        #expect(try await open.store.stillValid(all) == [grant(.session(unstored.id), unstored.personalWorkspace)])
    }

    @Test(arguments: StoreDriver.allCases)
    func `sessions go when their time is over, and do not come back to life by that`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let (old, young, key) = (SessionToken.make(), SessionToken.make(), try await addKey(open))
        try await open.store.establish(NewSession(old), keeping: .anonymous)
        let signedIn = SessionToken.make()
        try await open.store.signIn(NewSession(signedIn), with: key.id, replacing: nil)
        open.clock.advance(by: .seconds(3600))
        try await open.store.establish(NewSession(young), keeping: .anonymous)
        #expect(try await open.store.trimSessions(limit: 10) == 0)
        open.clock.advance(by: StoredSession.lifetime - .seconds(3600))
        #expect(try await open.store.overdue(Limits()).sessions == 2)
        #expect(try await open.store.trimSessions(limit: 1) == 1)
        #expect(try await open.store.trimSessions(limit: 10) == 1)
        #expect(try await open.store.trimSessions(limit: 10) == 0)
        #expect(try await access(open, young).session != nil)
        let gone = try await access(open, old)
        #expect(gone.session == nil && gone.hasWorkspace)
        let grant = Grant(member: .session(old.id), workspace: old.personalWorkspace)
        #expect(try await open.store.stillValid([grant]) == [])
        #expect(try await open.store.memberships(of: [.session(old.id)]) == [])
        #expect(try await open.store.violations(limit: 9) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `more grants than one statement takes are judged all the same`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let key = try await addKey(open)
        let good = Grant(member: .key(key.id), workspace: open.scope.workspace)
        let bad = (0..<1500).map { Grant(member: .key(KeyID(rawValue: "\($0)")), workspace: open.scope.workspace) }
        let sessions = (0..<1500).map {
            Grant(member: .session(SessionID(rawValue: "\($0)")), workspace: WorkspaceID(rawValue: "of-\($0)"))
        }
        #expect(try await open.store.stillValid(bad + [good] + sessions) == Set(sessions + [good]))
    }

    @Test(arguments: StoreDriver.allCases)
    func `a use is stored at most once a minute for a key, and once an hour for a session`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let key = try await addKey(open)
        let token = SessionToken.make()
        try await open.store.establish(NewSession(token), keeping: .anonymous)
        let start = open.clock.now()
        let members: [Member] = [.key(key.id), .session(token.id), .key(APIKey.make().id)]
        func times() async throws -> [Timestamp?] {
            [try await open.store.access(of: key.id, in: nil)?.key.lastUsedAt, try await access(open, token).session?.lastUsedAt]
        }
        for (step, expected) in [(0, [0, 0]), (59, [0, 0]), (60, [60, 0]), (3600, [3600, 3600])] as [(Int, [Int])] {
            open.clock.advance(by: (start + .seconds(step)).milliseconds.distance(from: open.clock.now().milliseconds))
            try await open.store.noteUse(of: members)
            #expect(try await times() == expected.map { start + .seconds($0) }, "\(step)")
        }
        try await open.store.noteUse(of: [])
    }
}

extension Int64 {
    fileprivate func distance(from other: Int64) -> Duration { .milliseconds(self - other) }
}
