import ColophonCore
import ColophonTestSupport
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import ColophonServer

/// Pages tell a stranger of others' workspaces and documents what they tell of none.
@Suite struct PageAccessTests {
    /// A page's status and text, without what names the request.
    private func page(_ path: String, _ client: any TestClientProtocol, headers: HTTPFields) async throws -> String {
        let answer = try await client.execute(uri: path, method: .get, headers: headers)
        let text = String(buffer: answer.body).replacing(/req_[0-9a-f]+/, with: "req").replacing(path, with: "PATH")
        return "\(answer.status.code) \(answer.headers[.location] ?? "") \(text)"
    }

    @Test func `a stranger's page of our document is the page of one that is not there`() async throws {
        let test = try await TestLibrary()
        let ours = try await test.store.upload("secret name").detail.document.id
        let theirs = try await test.library.createKey(named: "theirs", for: test.store.stranger.workspace)
        var routes = Routes(library: test.library, version: "test")
        let application = Application(router: routes.router())
        let (mine, unknown) = (test.store.scope.workspace, DocumentID.make())
        try await application.test(.router) { client in
            for headers in [[HTTPField.Name.apiKey: theirs.text], [:]] as [HTTPFields] {
                for rest in ["", "/documents/\(ours)", "/documents/\(ours)/markdown"] {
                    let foreign = try await page("/w/\(mine)\(rest)", client, headers: headers)
                    let none = try await page("/w/nowhere\(rest)", client, headers: headers)
                    #expect(foreign == none && foreign.hasPrefix("404"), "\(rest)")
                    #expect(!foreign.contains("secret name"))
                }
            }
            let inTheirs: HTTPFields = [HTTPField.Name.apiKey: theirs.text]
            let elsewhere = try await page("/w/w2/documents/\(ours)", client, headers: inTheirs)
            #expect(elsewhere == (try await page("/w/w2/documents/\(unknown)", client, headers: inTheirs)))
            #expect(elsewhere.hasPrefix("404"))
            let own = try await page("/w/\(mine)/documents/\(ours)", client, headers: [HTTPField.Name.apiKey: test.key.text])
            #expect(own.hasPrefix("200") && own.contains("secret name"))
        }
    }

    @Test func `where strangers may not begin, pages lead to the sign-in`() async throws {
        var limits = Limits()
        limits.allowsAnonymous = false
        let test = try await TestLibrary(limits: limits)
        var routes = Routes(library: test.library, version: "test")
        let application = Application(router: routes.router())
        try await application.test(.router) { client in
            for path in ["/", "/w/\(test.store.scope.workspace)", "/w/w1/documents/\(DocumentID.make())"] {
                let answer = try await client.execute(uri: path, method: .get)
                #expect(answer.headers[.location] == "/sign-in", "\(path): \(answer.status)")
                #expect(answer.headers[.setCookie] == nil)
            }
        }
    }
}
