import ColophonAPI
import ColophonCore
import ColophonTestSupport
import Foundation
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

    private func serve(isSecure: Bool = false, limits: Limits? = nil, _ body: @Sendable (Browser) async throws -> Void) async throws {
        var library = test.library
        if let limits {
            library = Library(
                store: library.store, blobs: library.blobs, limits: limits, extractor: library.extractor, logger: library.logger)
        }
        var routes = Routes(library: library, version: "test", isSecure: isSecure)
        let cookieName = routes.gatekeeper.cookie.name
        try await Application(router: routes.router()).test(.router) { try await body(Browser(client: $0, cookieName: cookieName)) }
    }

    /// A browser on one of our own pages.
    struct Browser: Sendable {
        let client: any TestClientProtocol
        let cookieName: String

        func call(
            _ method: HTTPRequest.Method, _ path: String, as token: SessionToken?, body: String? = nil, headers: HTTPFields = [:]
        ) async throws -> TestResponse {
            var headers = headers
            headers[.cookie] = token.map { "\(cookieName)=\($0.text)" }
            headers[.fetchSite] = "same-origin"
            return try await client.execute(uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
        }

        func info(_ token: SessionToken) async throws -> SessionOut {
            let answer = try await call(.get, "/api/v1/session", as: token)
            return try JSONDecoder().decode(SessionOut.self, from: Data(answer.body.readableBytesView))
        }

        /// - Returns: The new session; nil when the key was refused.
        func signIn(_ key: String, as token: SessionToken?) async throws -> SessionToken? {
            let body = String(decoding: try JSONEncoder().encode(["key": key]), as: UTF8.self)
            let answer = try await call(.post, "/api/v1/session", as: token, body: body, headers: [.contentType: "application/json"])
            guard answer.status == .ok else {
                #expect(answer.headers[.setCookie] == nil)
                return nil
            }
            let cookie = try #require(answer.headers[.setCookie])
            return SessionToken(text: String(cookie.split(separator: ";")[0].dropFirst(cookieName.count + 1)))
        }
    }

    private func access(_ token: SessionToken) async throws -> SessionAccess {
        try await test.store.store.access(of: token.id, personal: token.personalWorkspace, in: nil)
    }

    private func list(_ answer: TestResponse) throws -> [DocumentStatus] {
        try JSONDecoder().decode(DocumentList.self, from: Data(answer.body.readableBytesView)).documents
    }

    @Test func `a new browser sees its empty workspace, and nothing is stored until it writes`() async throws {
        let token = SessionToken.make()
        try await serve { browser in
            #expect(try list(await browser.call(.get, "/v1/documents", as: token)).isEmpty)
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
            #expect(try list(await browser.call(.get, "/v1/documents", as: token)).count == 1)
            #expect(try list(await browser.call(.get, "/v1/documents", as: SessionToken.make())).isEmpty)
        }
    }

    @Test func `the first writes may come at the same time`() async throws {
        let token = SessionToken.make()
        try await serve { browser in
            try await withThrowingTaskGroup(of: HTTPResponse.Status.self) { group in
                for index in 0..<16 {
                    group.addTask { try await browser.call(.post, "/v1/documents", as: token, body: "\(index)").status }
                }
                for try await status in group { #expect(status == .accepted) }
            }
            #expect(try list(await browser.call(.get, "/v1/documents", as: token)).count == 16)
        }
    }

    @Test func `signing in changes the secret, keeps the documents, and opens the key's workspaces`() async throws {
        let old = SessionToken.make()
        try await serve { browser in
            _ = try await browser.call(.post, "/v1/documents", as: old, body: "x")
            let new = try #require(try await browser.signIn(test.key.text, as: old))
            #expect(new.id != old.id && new.text != old.text)
            #expect(try await browser.call(.get, "/v1/documents", as: old).status == .unauthorized)
            #expect(try list(await browser.call(.get, "/v1/documents", as: new)).count == 1)
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
        try await serve { browser in
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
        try await serve { browser in
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
        try await serve { browser in
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
        try await serve { browser in
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
        try await serve { browser in
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

    @Test func `a key that has expired is refused in the words in which every other is`() async throws {
        let key = try await test.library.createKey(named: "k", for: test.store.scope.workspace, lifetime: .seconds(60))
        #expect(try await test.library.authenticate(.key(key.text), workspace: nil, needs: .admin).permission == .admin)
        test.store.clock.advance(by: .seconds(60))
        var words: Set<String> = []
        for credential in [.key(key.text), .key("x"), .key(APIKey.make().text), .session("x"), .session(""), nil] as [Credential?] {
            let error = await #expect(throws: ColophonError.self) {
                try await test.library.authenticate(credential, workspace: nil, needs: .read)
            }
            #expect(error?.code == .unauthorized)
            words.insert(error?.message ?? "")
        }
        #expect(words.count == 1)
    }

    @Test(arguments: Role.allCases, Permission.allCases)
    func `what may be done is the lesser of the role's and the key's`(role: Role, scope: Permission) async throws {
        let key = try await test.library.createKey(named: "k", for: test.store.scope.workspace, role: role, scope: scope)
        for needs in Permission.allCases {
            let isAllowed = needs <= role.permission && needs <= scope
            do {
                #expect(
                    try await test.library.authenticate(.key(key.text), workspace: nil, needs: needs).permission
                        == min(role.permission, scope))
                #expect(isAllowed)
            } catch let error as ColophonError {
                #expect(error.code == .forbidden && !isAllowed)
            }
        }
    }

    @Test func `without anonymous sessions those that are stored are over too, and so are those whose key is gone`() async throws {
        let stored = SessionToken.make()
        let key = try await test.library.createKey(named: "k", for: test.store.scope.workspace)
        let tokens = Mutex<[SessionToken]>([])
        try await serve { browser in
            _ = try await browser.call(.post, "/v1/documents", as: stored, body: "x")
            let token = try #require(try await browser.signIn(key.text, as: SessionToken.make()))
            tokens.withLock { $0 = [token] }
        }
        let signedIn = try #require(tokens.withLock { $0.first })
        var limits = test.library.limits
        limits.allowsAnonymous = false
        let strict = Library(
            store: test.library.store, blobs: test.library.blobs, limits: limits, extractor: OpenStore.extractor,
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
        try await serve(limits: limits) { browser in
            #expect(try await browser.call(.get, "/v1/documents", as: SessionToken.make()).status == .unauthorized)
            #expect(try await browser.call(.post, "/v1/documents", as: SessionToken.make(), body: "x").status == .unauthorized)
            let token = try #require(try await browser.signIn(test.key.text, as: nil))
            #expect(try await browser.call(.get, "/v1/documents", as: token).status == .ok)
        }
    }

    @Test func `over TLS the cookie is of this host alone, and the other name counts for nothing`() async throws {
        try await serve(isSecure: true) { browser in
            let body = "{\"key\":\"\(test.key.text)\"}"
            let answer = try await browser.call(.post, "/api/v1/session", as: nil, body: body, headers: [.contentType: "application/json"])
            let cookie = try #require(answer.headers[.setCookie])
            #expect(cookie.hasPrefix("__Host-colophon_session="))
            let attributes = Set(cookie.split(separator: ";").dropFirst().map { $0.drop { $0 == " " } })
            #expect(attributes == ["Path=/", "Max-Age=2592000", "HttpOnly", "SameSite=Lax", "Secure"])
            let plain: HTTPFields = [.cookie: "colophon_session=\(SessionToken.make().text)"]
            #expect(try await browser.client.execute(uri: "/v1/documents", method: .get, headers: plain).status == .unauthorized)
        }
    }

    @Test func `two different cookies are none, and a page's answer brings one only to who needs it`() async throws {
        var routes = Routes(library: test.library, version: "test")
        let gatekeeper = routes.gatekeeper
        let (good, other) = (SessionToken.make(), SessionToken.make())
        #expect(gatekeeper.cookie.value(in: [.cookie: "a=b; colophon_session=\(good.text); colophon_session=\(good.text)"]) == good.text)
        #expect(gatekeeper.cookie.value(in: [.cookie: "colophon_session=\(good.text); colophon_session=\(other.text)"]) == "")
        #expect(gatekeeper.cookie.value(in: [.cookie: "xcolophon_session=\(good.text)"]) == nil)
        let application = Application(router: routes.router())
        try await application.test(.router) { client in
            func page(_ cookie: String?) async throws -> String? {
                var headers: HTTPFields = [:]
                headers[.cookie] = cookie
                return try await client.execute(uri: "/", method: .get, headers: headers).headers[.setCookie]
            }
            #expect(try await page(nil)?.hasPrefix("colophon_session=") == true)
            #expect(try await page("colophon_session=\(good.text)") == nil)
            #expect(try await page("colophon_session=nonsense") != nil)
            try await test.store.store.establish(NewSession(other), keeping: .anonymous)
            #expect(try await page("colophon_session=\(other.text)") == nil)
            try await test.store.store.revokeSession(other.id)
            #expect(try await page("colophon_session=\(other.text)") != nil)
        }
    }

    @Test func `a key's use is stored within the next half minute, and not more often than each minute`() async throws {
        let use = KeyUse(library: test.library)
        func lastUse() async throws -> Timestamp? { try await test.store.store.access(of: test.key.id, in: nil)?.key.lastUsedAt }
        _ = try await test.library.authenticate(.key(test.key.text), workspace: nil, needs: .read)
        #expect(try await lastUse() == nil)
        await use.store()
        let first = try await lastUse()
        #expect(first == test.store.clock.now())
        test.store.clock.advance(by: .seconds(59))
        _ = try await test.library.authenticate(.key(test.key.text), workspace: nil, needs: .read)
        #expect(test.library.uses.take() == [])
        test.store.clock.advance(by: .seconds(1))
        _ = try await test.library.authenticate(.key(test.key.text), workspace: nil, needs: .read)
        await use.store()
        #expect(try await lastUse() == test.store.clock.now())
    }

    @Test(arguments: [
        ("text/plain", "{\"key\":\"x\"}", 422), ("application/json", "x", 400), ("application/json", "{\"key\":1}", 400),
        ("application/json", "{}", 422), ("application/json", "{\"key\":\"x\",\"name\":\"y\"}", 422),
        ("application/json", "{\"key\":\"x\"}", 401),
        ("application/json; charset=utf-8", "{\"key\":\"colophon_\\u0000123456789abcde_x\"}", 401),
        ("application/json", String(repeating: " ", count: 5000), 413),
    ])
    func `signing in takes a key and nothing else`(type: String, body: String, status: Int) async throws {
        try await serve { browser in
            let answer = try await browser.call(.post, "/api/v1/session", as: nil, body: body, headers: [.contentType: type])
            #expect(answer.status.code == status && answer.headers[.setCookie] == nil)
        }
    }
}
