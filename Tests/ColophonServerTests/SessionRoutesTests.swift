import ColophonAPI
import ColophonCore
import ColophonTestSupport
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Synchronization
import Testing

@testable import ColophonServer

/// Browsers' sessions, from the first page to signing out.
@Suite struct SessionRoutesTests {
    let test: TestLibrary

    init() async throws { test = try await TestLibrary() }

    private func access(_ token: SessionToken) async throws -> SessionAccess {
        try await test.store.store.access(of: token.id, personal: token.personalWorkspace, in: nil)
    }

    @Test func `a new browser sees its empty workspace, and nothing is stored until it writes`() async throws {
        let token = SessionToken.make()
        try await Browser.visit(test) { browser in
            #expect(try await browser.documents(token).isEmpty)
            let before = try await browser.info(token)
            let own = SessionOut.Workspace(id: token.personalWorkspace.rawValue, name: "Personal", role: "editor", permission: "write")
            #expect(
                before
                    == SessionOut(
                        actor: "session:\(token.id)", name: "anonymous", signedIn: false, personalWorkspaceId: own.id, workspaces: [own]))
            #expect(try await access(token).session == nil)
            // What is refused is no write.
            let refused = try await browser.client.execute(
                uri: "/v1/documents", method: .post, headers: [.cookie: "colophon_session=\(token.text)"], body: ByteBuffer(string: "x"))
            #expect(refused.status == .forbidden)
            #expect(try await access(token).session == nil)

            #expect(try await browser.call(.post, "/v1/documents", as: token, body: "x").status == .accepted)
            #expect(try await access(token).session != nil)
            #expect(try await test.store.store.retention(of: token.personalWorkspace) == .anonymous)
            #expect(try await browser.info(token) == before)
            #expect(try await browser.documents(token).count == 1)
            #expect(try await browser.documents(SessionToken.make()).isEmpty)
        }
    }

    @Test func `the first writes may come at the same time`() async throws {
        let token = SessionToken.make()
        try await Browser.visit(test) { browser in
            try await withThrowingTaskGroup(of: HTTPResponse.Status.self) { group in
                for index in 0..<16 {
                    group.addTask { try await browser.call(.post, "/v1/documents", as: token, body: "\(index)").status }
                }
                for try await status in group { #expect(status == .accepted) }
            }
            #expect(try await browser.documents(token).count == 16)
        }
    }

    @Test func `signing in changes the secret, keeps the documents, and opens the key's workspaces`() async throws {
        let old = SessionToken.make()
        try await Browser.visit(test) { browser in
            _ = try await browser.call(.post, "/v1/documents", as: old, body: "x")
            let new = try #require(try await browser.signIn(test.key.text, as: old))
            #expect(new.id != old.id && new.text != old.text)
            #expect(try await browser.call(.get, "/v1/documents", as: old).status == .unauthorized)
            #expect(try await browser.documents(new).count == 1)
            let info = try await browser.info(new)
            #expect(info.signedIn && info.name == "test" && info.personalWorkspaceId == old.personalWorkspace.rawValue)
            #expect(info.workspaces.map(\.id) == [old.personalWorkspace.rawValue, test.store.scope.workspace.rawValue])
            #expect(info.workspaces.map(\.permission) == ["admin", "admin"])
            // The key itself has the documents now, too.
            let scope = try await test.library.authenticate(.key(test.key.text), workspace: old.personalWorkspace, needs: .admin)
            #expect(scope.actor == "key:\(test.key.id)")
        }
    }

    @Test func `a session that was planted before signing in opens nothing afterwards, stored or not`() async throws {
        try await Browser.visit(test) { browser in
            for isStored in [false, true] {
                let planted = SessionToken.make()
                if isStored { _ = try await browser.call(.post, "/v1/documents", as: planted, body: "x") }
                let victim = try #require(try await browser.signIn(test.key.text, as: planted))
                #expect(victim.text != planted.text)
                let workspaces = [test.store.scope.workspace, try await test.library.principal(.session(victim.text)).personalWorkspace]
                for workspace in workspaces {
                    await #expect(throws: ColophonError.self, "\(isStored)") {
                        try await test.library.authenticate(.session(planted.text), workspace: workspace, needs: .read)
                    }
                }
            }
        }
    }

    @Test func `signing in with another key hands nothing on that the first key administers`() async throws {
        let other = try await test.library.createKey(named: "other", for: test.store.stranger.workspace)
        try await Browser.visit(test) { browser in
            let first = try #require(try await browser.signIn(test.key.text, as: SessionToken.make()))
            _ = try await browser.call(.post, "/v1/documents", as: first, body: "x")
            let shared = try await test.library.principal(.session(first.text)).personalWorkspace
            let second = try #require(try await browser.signIn(other.text, as: first))
            #expect(try await test.library.principal(.session(second.text)).personalWorkspace != shared)
            await #expect(throws: ColophonError.self) {
                try await test.library.authenticate(.session(second.text), workspace: shared, needs: .read)
            }
            _ = try await browser.call(.post, "/v1/documents", as: second, body: "of the second")
            let own = try await test.library.principal(.session(second.text)).personalWorkspace
            await #expect(throws: ColophonError.self) {
                try await test.library.authenticate(.key(test.key.text), workspace: own, needs: .read)
            }
            // With its own key again, a session keeps what it has.
            let third = try #require(try await browser.signIn(other.text, as: second))
            #expect(try await test.library.principal(.session(third.text)).personalWorkspace == own)
        }
    }

    @Test func `a signed-in session loses the key's workspaces with the key, and keeps its own`() async throws {
        let key = try await test.library.createKey(named: "short", for: test.store.scope.workspace, scope: .read)
        let there = test.store.scope.workspace
        try await Browser.visit(test) { browser in
            let token = try #require(try await browser.signIn(key.text, as: nil))
            #expect(try await test.library.authenticate(.session(token.text), workspace: there, needs: .read).permission == .read)
            let refused = await #expect(throws: ColophonError.self) {
                try await test.library.authenticate(.session(token.text), workspace: there, needs: .write)
            }
            #expect(refused?.code == .forbidden)
            // Its own workspace was made after it signed in: the key is its admin all the same.
            #expect(try await browser.call(.post, "/v1/documents", as: token, body: "x").status == .accepted)
            #expect(try await test.store.store.memberships(of: [.key(key.id)]).map(\.workspace).contains(token.personalWorkspace))
            #expect(try await test.store.store.retention(of: token.personalWorkspace) == RetentionPolicy())
            try await test.store.store.revokeKey(key.id)
            let gone = await #expect(throws: ColophonError.self) {
                try await test.library.authenticate(.session(token.text), workspace: there, needs: .read)
            }
            #expect(gone?.code == .notFound && gone?.reason == "WORKSPACE_NOT_FOUND")
            #expect(try await browser.call(.get, "/v1/documents", as: token).status == .ok)
            let info = try await browser.info(token)
            #expect(!info.signedIn && info.workspaces.map(\.permission) == ["write"])
            #expect(try await browser.signIn(key.text, as: token) == nil)
        }
    }

    @Test func `signing out ends the session everywhere and takes the cookie away`() async throws {
        let token = SessionToken.make()
        try await Browser.visit(test) { browser in
            _ = try await browser.call(.post, "/v1/documents", as: token, body: "x")
            let answer = try await browser.call(.delete, "/api/v1/session", as: token)
            #expect(answer.status == .noContent && answer.headers[.setCookie]?.contains("Max-Age=0") == true)
            for (method, path) in [(.get, "/v1/documents"), (.get, "/api/v1/session"), (.delete, "/api/v1/session")]
                as [(HTTPRequest.Method, String)]
            {
                #expect(try await browser.call(method, path, as: token).status == .unauthorized)
            }
            let key: HTTPFields = [.authorization: "Bearer \(test.key.text)"]
            #expect(try await browser.call(.delete, "/api/v1/session", as: nil, headers: key).status == .forbidden)
        }
    }

    @Test func `a session ends after a week without use, and after a month in any case`() async throws {
        let (idle, used) = (SessionToken.make(), SessionToken.make())
        try await Browser.visit(test) { browser in
            for token in [idle, used] { _ = try await browser.call(.post, "/v1/documents", as: token, body: "x") }
            for day in 1...30 {
                test.store.clock.advance(by: .day)
                #expect(try await browser.call(.get, "/v1/documents", as: used).status == (day < 30 ? .ok : .unauthorized), "\(day)")
                if day == 6 { #expect(try await access(idle).session?.isValid(at: test.store.clock.now()) == true) }
                if day == 7 { #expect(try await browser.call(.get, "/v1/documents", as: idle).status == .unauthorized) }
                await KeyUse(library: test.library).store()
            }
        }
    }

    @Test func `without anonymous sessions those that are stored are over too, and so are those whose key is gone`() async throws {
        let stored = SessionToken.make()
        let key = try await test.library.createKey(named: "k", for: test.store.scope.workspace)
        let tokens = Mutex<[SessionToken]>([])
        try await Browser.visit(test) { browser in
            _ = try await browser.call(.post, "/v1/documents", as: stored, body: "x")
            let token = try #require(try await browser.signIn(key.text, as: SessionToken.make()))
            tokens.withLock { $0 = [token] }
        }
        let signedIn = try #require(tokens.withLock { $0.first })
        var limits = test.library.limits
        limits.allowsAnonymous = false
        let strict = Library(
            store: test.library.store, blobs: test.library.blobs, limits: limits, recipe: OpenStore.recipe,
            logger: test.library.logger)
        let principal = try await strict.principal(.session(signedIn.text))
        #expect(principal.isSignedIn)
        try await test.library.store.revokeKey(key.id)
        for token in [stored, signedIn] {
            await #expect(throws: ColophonError.self) { try await strict.principal(.session(token.text)) }
        }
    }

    @Test func `without anonymous sessions an unknown cookie is nobody's, and signing in still works`() async throws {
        var limits = Limits()
        limits.allowsAnonymous = false
        try await Browser.visit(test, limits: limits) { browser in
            #expect(try await browser.call(.get, "/v1/documents", as: SessionToken.make()).status == .unauthorized)
            #expect(try await browser.call(.post, "/v1/documents", as: SessionToken.make(), body: "x").status == .unauthorized)
            let token = try #require(try await browser.signIn(test.key.text, as: nil))
            #expect(try await browser.call(.get, "/v1/documents", as: token).status == .ok)
        }
    }

    @Test(arguments: [
        ("text/plain", "{\"key\":\"x\"}", 422), ("application/json", "x", 400), ("application/json", "{\"key\":1}", 422),
        ("application/json", "{}", 422), ("application/json", "{\"key\":\"x\",\"name\":\"y\"}", 422),
        ("application/json", "{\"key\":\"x\"}", 401),
        ("application/json; charset=utf-8", "{\"key\":\"colophon_\\u0000123456789abcde_x\"}", 401),
        ("application/json", String(repeating: " ", count: 5000), 413),
    ])
    func `signing in takes a key and nothing else`(type: String, body: String, status: Int) async throws {
        try await Browser.visit(test) { browser in
            let answer = try await browser.call(.post, "/api/v1/session", as: nil, body: body, headers: [.contentType: type])
            #expect(answer.status.code == status && answer.headers[.setCookie] == nil)
        }
    }
}
