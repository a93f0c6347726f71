import ColophonCore
import ColophonTestSupport
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import ColophonServer

/// Workspaces named by the path, and requests that no router has seen.
@Suite struct GatekeeperTests {
    let test: TestLibrary
    let gatekeeper: Gatekeeper

    init() async throws {
        test = try await TestLibrary()
        gatekeeper = Gatekeeper(library: test.library, isSecure: false)
    }

    private var here: String { test.store.scope.workspace.rawValue }
    private var there: String { test.store.stranger.workspace.rawValue }

    private func admit(
        _ headers: HTTPFields, _ method: HTTPRequest.Method = .get, workspace: String?, needs: Permission = .read,
        from address: String? = nil,
        by other: Gatekeeper? = nil
    ) async throws -> WorkspaceScope {
        try await (other ?? gatekeeper).admit(
            headers: headers, method: method, workspace: workspace, needs: needs, cost: 1,
            remoteAddress: address.map { try SocketAddress(ipAddress: $0, port: 1) }
        ).scope
    }

    private func refusal(
        _ headers: HTTPFields, _ method: HTTPRequest.Method = .get, workspace: String?, needs: Permission = .read
    ) async -> ColophonError? {
        do {
            let scope = try await admit(headers, method, workspace: workspace, needs: needs)
            Issue.record("\(scope) was let in")
            return nil
        } catch { return error as? ColophonError }
    }

    @Test func `a workspace that is another's is answered as one that is nobody's or can be nobody's`() async throws {
        let key: HTTPFields = [.authorization: "Bearer \(test.key.text)"]
        let own = try await admit(key, workspace: nil)
        #expect(try await admit(key, workspace: here) == own)
        #expect(
            try await admit(key, workspace: here, needs: .admin).grant
                == Grant(member: .key(test.key.id), workspace: test.store.scope.workspace))
        var words: Set<String> = []
        for workspace in [there, "none", "", "\u{0}", "ä", "../w1", String(repeating: "a", count: 65)] {
            for needs in Permission.allCases {
                let error = await refusal(key, workspace: workspace, needs: needs)
                #expect(error?.code == .notFound && error?.reason == "WORKSPACE_NOT_FOUND", "\(workspace)")
                words.insert(error?.message ?? "")
            }
        }
        #expect(words.count == 1)
        try await test.store.store.grant(.viewer, to: .key(test.key.id), in: test.store.stranger.workspace)
        #expect(try await admit(key, workspace: there).permission == .read)
        #expect(await refusal(key, workspace: there, needs: .write)?.code == .forbidden)
        #expect(await refusal([:], workspace: there)?.code == .unauthorized)
    }

    @Test func `a session has its own workspace and no other, and what is refused stores nothing`() async throws {
        let token = SessionToken.make()
        let cookie: HTTPFields = [.cookie: "colophon_session=\(token.text)", .host: "colophon.example"]
        let own = token.personalWorkspace.rawValue
        #expect(try await admit(cookie, workspace: own).actor == "session:\(token.id)")
        #expect(await refusal(cookie, workspace: here)?.reason == "WORKSPACE_NOT_FOUND")
        #expect(await refusal(cookie, .post, workspace: own, needs: .write)?.reason == "CSRF_REFUSED")
        #expect(await refusal(cookie + [.fetchSite: "same-origin"], .post, workspace: own, needs: .admin)?.code == .forbidden)
        #expect(try await !test.store.store.access(of: token.id, personal: token.personalWorkspace, in: nil).hasWorkspace)
        let scope = try await admit(cookie + [.origin: "http://colophon.example"], .post, workspace: own, needs: .write)
        #expect(scope.permission == .write && scope.workspace == token.personalWorkspace)
        #expect(try await test.store.store.access(of: token.id, personal: token.personalWorkspace, in: nil).session != nil)
        let grant = try #require(scope.grant)
        #expect(try await test.library.stillValid([grant]) == [grant])
        try await test.store.store.revokeSession(token.id)
        #expect(try await test.library.stillValid([grant]) == [])
        // Were its row removed, it would still be over.
        #expect(await refusal(cookie, workspace: own)?.code == .unauthorized)
    }

    @Test func `a route in a workspace is entered by its gate`() async throws {
        let route = Route(.get, "/workspaces/:w/things/:id", needs: .write, cost: 3) { _, context in
            let scope = try context.scope
            return Response(status: .ok, body: .init(byteBuffer: ByteBuffer(string: "\(scope.workspace) \(scope.actor)")))
        }
        let router = Router(context: ServerContext.self)
        router.add(middleware: AnswerMiddleware(routes: RouteBook()))
        router.on(RouterPath(route.path), method: route.method, use: gatekeeper.handler(for: route))
        let reader = try await test.library.createKey(named: "r", for: test.store.scope.workspace, scope: .read)
        try await Application(router: router).test(.router) { client in
            func call(_ workspace: String, _ key: APIKey?) async throws -> TestResponse {
                let headers: HTTPFields = key.map { [.authorization: "Bearer \($0.text)"] } ?? [:]
                return try await client.execute(uri: "/workspaces/\(workspace)/things/x", method: .get, headers: headers)
            }
            let good = try await call(here, test.key)
            #expect(String(buffer: good.body) == "\(here) key:\(test.key.id)" && good.headers[.rateRemaining] == "5997")
            for (workspace, key, status) in [(there, test.key, 404), ("none", test.key, 404), (here, reader, 403), (there, reader, 404)] {
                #expect(try await call(workspace, key).status.code == status, "\(workspace)")
            }
            for workspace in [here, "none"] { #expect(try await call(workspace, nil).status == .unauthorized) }
        }
    }

    @Test func `a proxy's word on whom it serves counts only where there is one`() async throws {
        func caller(_ forwarded: String, isForwarded: Bool) throws -> ClientAddress {
            Caller(
                method: .get, headers: [.forwardedFor: forwarded], address: try SocketAddress(ipAddress: "192.0.2.1", port: 1),
                isForwarded: isForwarded
            ).address
        }
        func address(_ text: String) throws -> ClientAddress { ClientAddress(try SocketAddress(ipAddress: text, port: 9)) }
        #expect(try caller("203.0.113.5", isForwarded: false) == address("192.0.2.1"))
        #expect(try caller("10.0.0.1, 203.0.113.5", isForwarded: true) == address("203.0.113.5"))
        #expect(try caller("nonsense", isForwarded: true) == address("192.0.2.1"))
    }
}
