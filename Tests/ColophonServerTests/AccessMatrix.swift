import ColophonCore
import ColophonTestSupport
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting

@testable import ColophonServer

/// Two workspaces with a document each, those who may see one of them, and those who may see none.
struct AccessMatrix {
    /// What somebody shows.
    enum Who: String, CaseIterable, Sendable {
        case owner, stranger, strangersSession, nobody, revokedKey, expiredKey, readKey, viewerKey, forgedSession
    }

    /// Ids that fill a request's places.
    struct Ids: Sendable {
        var workspace: String
        var document: String
        var run: String

        /// As many characters as real ones: answers may differ by nothing.
        static func unknown() -> Ids {
            Ids(workspace: "nX", document: UUIDv7.make(), run: UUIDv7.make())
        }
    }

    let test: TestLibrary
    let client: any TestClientProtocol
    private let credentials: [Who: HTTPFields]
    private let session: SessionToken

    init(_ test: TestLibrary, _ client: any TestClientProtocol) async throws {
        (self.test, self.client) = (test, client)
        let (ours, theirs) = (test.store.scope.workspace, test.store.stranger.workspace)
        func key(_ workspace: WorkspaceID, role: Role = .admin, scope: Permission = .admin, lifetime: Duration? = nil) async throws
            -> APIKey
        {
            try await test.library.createKey(named: "k", for: workspace, role: role, scope: scope, lifetime: lifetime)
        }
        let (revoked, expired) = (try await key(ours), try await key(ours, lifetime: .seconds(1)))
        try await test.store.store.revokeKey(revoked.id)
        test.store.clock.advance(by: .seconds(1))
        session = SessionToken.make()
        try await test.store.store.establish(NewSession(session), keeping: .anonymous)
        let forged = session.text.prefix(17) + SessionToken.make().text.suffix(43)
        func bearer(_ key: APIKey) -> HTTPFields { [.authorization: "Bearer \(key.text)"] }
        func cookie(_ text: some StringProtocol) -> HTTPFields { [.cookie: "colophon_session=\(text)", .fetchSite: "same-origin"] }
        credentials = [
            .owner: bearer(try await key(ours)), .stranger: bearer(try await key(theirs)), .strangersSession: cookie(session.text),
            .nobody: [:], .revokedKey: bearer(revoked), .expiredKey: bearer(expired), .readKey: bearer(try await key(ours, scope: .read)),
            .viewerKey: bearer(try await key(ours, role: .viewer)), .forgedSession: cookie(forged),
        ]
    }

    /// A document of somebody's with a complete run and one that waits.
    func makeIds(for who: Who) async throws -> Ids {
        let scope =
            switch who {
            case .stranger: test.store.stranger
            case .strangersSession: WorkspaceScope(workspace: session.personalWorkspace, actor: "session:\(session.id)")
            default: test.store.scope
            }
        let upload = try await test.library.upload(
            Once(Array("%PDF-\(UUIDv7.make())".utf8)), to: nil, name: "a.pdf", declaredType: nil, in: scope)
        while let job = try await test.store.claim().first {
            var artifacts: [Artifact] = []
            for kind in ArtifactKind.allCases {
                let receipt = try await test.library.blobs.put(
                    .result(kind, of: job.claim), bytes: kind == .pages ? [] : Self.bytes(of: kind))
                artifacts.append(Artifact(kind: kind, blob: receipt.key, sha256: receipt.sha256, bytes: receipt.bytes))
            }
            try await test.store.store.complete(job.claim, with: RunResult(artifacts: artifacts, pages: 1, items: 1))
        }
        let document = upload.detail.document.id
        _ = try await test.library.reparse(document, in: scope)
        return Ids(workspace: scope.workspace.rawValue, document: document.rawValue, run: upload.detail.run.id.rawValue)
    }

    private static func bytes(of kind: ArtifactKind) -> [UInt8] {
        let structure =
            #"{"schema_name":"DoclingDocument","version":"1.9.0","name":"x","pages":{"1":{"page_no":1,"size":{"width":1,"height":1}}}}"#
        return Array((kind == .structure ? structure : "\(kind)").utf8)
    }

    /// What was answered, without what differs from one answer to the next and says nothing.
    struct Answer: Equatable, CustomStringConvertible {
        var status: Int
        var headers: [String: String]
        var body: String

        var description: String { "\(status) \(headers.sorted { $0.key < $1.key }) \(body)" }
    }

    /// - Parameter ids: What is put into each place, in their order in path, query and body; the first of a list goes into the first place.
    func call(_ route: Route, _ example: RouteExample, as who: Who, _ ids: [Ids]) async throws -> Answer {
        var filler = Filler(ids: ids)
        let path = filler.fill(Self.template(route.path)) + (example.query.isEmpty ? "" : "?" + filler.fill(example.query))
        var headers = credentials[who] ?? [:]
        var body: String?
        switch example.body {
        case .none: break
        case .bytes(let text): body = text
        case .json(let text):
            headers[.contentType] = "application/json"
            body = filler.fill(text).replacingOccurrences(of: "{unique}", with: UUID().uuidString)
        case .form:
            headers[.contentType] = "multipart/form-data; boundary=b"
            body = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(UUID().uuidString).txt\"\r\n\r\nform\r\n--b--\r\n"
        }
        let answer = try await client.execute(uri: path, method: route.method, headers: headers, body: body.map { ByteBuffer(string: $0) })
        return Answer(answer, without: ids)
    }

    /// The places for ids of a route, in order; `nil` stands for a parameter that the table does not know.
    static func places(_ route: Route, _ example: RouteExample) -> [String]? {
        let names = route.path.split(separator: "/").filter { $0.first == ":" }
        guard names.allSatisfy({ AccessTable.parameters[String($0)] != nil }) else { return nil }
        var body = ""
        if case .json(let text) = example.body { body = text }
        return (template(route.path) + "?" + example.query + body).matches(of: /\{(workspace|document|run)\}/).map { String($0.output.1) }
    }

    private static func template(_ path: String) -> String {
        path.split(separator: "/", omittingEmptySubsequences: false).map { AccessTable.parameters[String($0)] ?? String($0) }.joined(
            separator: "/")
    }

    private struct Filler {
        var ids: [Ids]
        var next = 0

        mutating func fill(_ template: String) -> String {
            var text = template
            while let place = text.firstMatch(of: /\{(workspace|document|run)\}/) {
                let values = ids[min(next, ids.count - 1)]
                next += 1
                let value = place.output.1 == "workspace" ? values.workspace : place.output.1 == "run" ? values.run : values.document
                text.replaceSubrange(place.range, with: value)
            }
            return text
        }
    }
}

extension AccessMatrix.Answer {
    init(_ answer: TestResponse, without ids: [AccessMatrix.Ids]) {
        func cleaned(_ text: String) -> String {
            var text = text
            for id in ids.flatMap({ [$0.document, $0.run] }) { text = text.replacingOccurrences(of: id, with: "ID") }
            // A problem names its request, and so does a page that tells of one.
            text = text.replacing(/"requestId":"[^"]*"/, with: "").replacing(/<code>req_[0-9a-f]{32}<\/code>/, with: "")
                .replacing(/"instance":"[^"]*"/, with: "")
            guard answer.status.kind == .successful else { return text }
            return text.replacing(/[0-9a-f]{8}-[0-9a-f-]{27}/, with: "UUID").replacing(/[0-9-]{10}T[0-9:.]+Z/, with: "TIME")
        }
        status = answer.status.code
        headers = [:]
        for field in answer.headers where field.name != .requestID { headers[field.name.canonicalName] = cleaned(field.value) }
        body = cleaned(String(buffer: answer.body))
    }
}

/// A body in one piece.
private struct Once: AsyncSequence, Sendable {
    let bytes: [UInt8]
    init(_ bytes: [UInt8]) { self.bytes = bytes }
    func makeAsyncIterator() -> Iterator { Iterator(bytes: bytes) }
    struct Iterator: AsyncIteratorProtocol {
        var bytes: [UInt8]?
        mutating func next() async -> ArraySlice<UInt8>? {
            defer { bytes = nil }
            return bytes.map { $0[...] }
        }
    }
}
