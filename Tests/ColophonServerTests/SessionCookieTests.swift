import ColophonCore
import ColophonTestSupport
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import ColophonServer

@Suite struct SessionCookieTests {
    let test: TestLibrary

    init() async throws { test = try await TestLibrary() }

    @Test func `over TLS the cookie is of this host alone, and the other name counts for nothing`() async throws {
        try await Browser.visit(test, isSecure: true) { browser in
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
}
