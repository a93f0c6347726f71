import ColophonCore
import ColophonTestSupport
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import ColophonServer

/// What browsers get from the pages' routes, whatever they look like.
@Suite struct PageRoutesTests {
    let test: TestLibrary

    init() async throws { test = try await TestLibrary() }

    private func serve(limits: Limits = Limits(), _ body: @Sendable (any TestClientProtocol) async throws -> Void) async throws {
        let library = Library(
            store: test.library.store, blobs: test.library.blobs, limits: limits, recipe: test.library.recipe,
            logger: test.library.logger)
        var routes = Routes(library: library, version: "test")
        try await Application(router: routes.router()).test(.router) { try await body($0) }
    }

    private func headers(_ token: SessionToken) -> HTTPFields { [.cookie: "colophon_session=\(token.text)"] }

    @Test func `a page brings the rule for what may run in it, and is not kept`() async throws {
        try await serve { client in
            for path in ["/", "/sign-in", "/w/nowhere"] {
                let answer = try await client.execute(uri: path, method: .get)
                #expect(answer.headers[.contentSecurityPolicy] == PageAnswer.policy)
                #expect(answer.headers[.contentType] == "text/html; charset=utf-8")
                #expect(answer.headers[.cacheControl] == "private, no-store")
                #expect(answer.headers[.xContentTypeOptions] == "nosniff")
                let text = String(buffer: answer.body)
                #expect(text.hasPrefix("<!DOCTYPE html>"))
                // Nothing in the page itself would be obeyed: there must be nothing.
                #expect(!text.contains("<style") && !text.contains(" style=") && !text.contains(" onclick=") && !text.contains("<script>"))
            }
        }
    }

    @Test func `other answers keep the rule that nothing runs`() async throws {
        try await serve { client in
            let answer = try await client.execute(uri: "/livez", method: .get)
            #expect(answer.headers[.contentSecurityPolicy] == "default-src 'none'; frame-ancestors 'none'; sandbox")
        }
    }

    @Test func `a stranger has a workspace of their own at once, and of nobody else's`() async throws {
        let (mine, other) = (SessionToken.make(), SessionToken.make())
        try await serve { client in
            let first = try await client.execute(uri: "/", method: .get, headers: headers(mine))
            #expect(first.status == .ok && first.headers[.setCookie] == nil)
            #expect(String(buffer: first.body).contains("data-workspace=\"\(mine.personalWorkspace)\""))
            let own = try await client.execute(uri: "/w/\(mine.personalWorkspace)", method: .get, headers: headers(mine))
            #expect(own.status == .ok)
            try await test.store.store.establish(NewSession(other), keeping: .anonymous)
            for path in ["/w/\(other.personalWorkspace)", "/w/default", "/w/%3Cb%3E", "/w/default/documents/doc-1"] {
                let foreign = try await client.execute(uri: path, method: .get, headers: headers(mine))
                #expect(foreign.status == .notFound, "\(path)")
                #expect(!String(buffer: foreign.body).contains("<b>"))
            }
        }
    }

    @Test func `where browsers need a key, pages lead to the form for it`() async throws {
        var limits = Limits()
        limits.allowsAnonymous = false
        try await serve(limits: limits) { client in
            for path in ["/", "/w/default", "/w/default/documents/doc-1"] {
                let answer = try await client.execute(uri: path, method: .get)
                #expect(answer.status == .seeOther && answer.headers[.location] == "/sign-in" && answer.headers[.setCookie] == nil)
            }
            let form = try await client.execute(uri: "/sign-in", method: .get)
            #expect(form.status == .ok && !String(buffer: form.body).contains("without signing in"))
        }
    }

    @Test func `who signed in begins in the key's workspace`() async throws {
        let token = try await test.library.signIn(key: test.key.text, replacing: nil)
        let workspace = try #require(await test.library.principal(.session(token.text)).key).workspace
        try await serve { client in
            let start = try await client.execute(uri: "/", method: .get, headers: headers(token))
            #expect(start.status == .seeOther && start.headers[.location] == "/w/\(workspace)")
            let list = try await client.execute(uri: "/w/\(workspace)", method: .get, headers: headers(token))
            #expect(list.status == .ok && String(buffer: list.body).contains("id=\"sign-out\""))
            let form = try await client.execute(uri: "/sign-in", method: .get, headers: headers(token))
            #expect(form.status == .seeOther && form.headers[.location] == "/")
        }
    }

    @Test func `an address that was typed wrong still shows a list`() async throws {
        let token = SessionToken.make()
        try await serve { client in
            for query in ["?sort=secret&status=odd&type=exe", "?cursor=nonsense", "?sort=name&cursor=bm9uZQ", "?q=a+b&tag=x"] {
                #expect(try await client.execute(uri: "/" + query, method: .get, headers: headers(token)).status == .ok, "\(query)")
            }
            let long = try await client.execute(uri: "/?q=aa+bb+cc+dd+ee+ff+gg+hh+ii", method: .get, headers: headers(token))
            #expect(long.status == .unprocessableContent && String(buffer: long.body).contains("at most"))
        }
    }

    @Test func `the page names assets that are there`() async throws {
        try await serve { client in
            let page = String(buffer: try await client.execute(uri: "/", method: .get).body)
            let paths = page.split(separator: "\"").filter { $0.hasPrefix("/assets/") }.map(String.init)
            #expect(paths.count > 10)
            for path in Set(paths) {
                let answer = try await client.execute(uri: path, method: .get)
                #expect(answer.status == .ok && answer.headers[.cacheControl]?.contains("immutable") == true, "\(path)")
            }
            #expect(try await client.execute(uri: "/assets/0/nothing.js", method: .get).status == .notFound)
        }
    }
}
