import ColophonCore
import ColophonProcesses
import ColophonTestSupport
import Foundation
import NIOCore
import NIOHTTP1
import Synchronization
import Testing

@testable import ColophonBlobs

/// Stores that stumble, as no real one can be made to.
@Suite(.timeLimit(.minutes(2))) struct S3PatienceTests {
    static let key = BlobKey(rawValue: "w/a")
    static let content = GeneratedBody(bytes: 700_000).slice(0..<700_000)

    /// Waits are short here; how long they are otherwise is tested on their own.
    private func store(_ server: ScriptedServer, answerTimeout: Duration = .seconds(5)) throws -> S3BlobStore {
        var patience = S3Patience()
        patience.delayBase = .milliseconds(2)
        patience.answerTimeout = answerTimeout
        return S3BlobStore(
            location: try S3Location("s3://papers?endpoint=\(server.endpoint)", environment: [:]),
            credentials: S3Credentials(accessKeyID: "id", secretAccessKey: "secret"), http: SeaweedServer.http,
            scratch: NSTemporaryDirectory(), patience: patience)
    }

    private static func part(_ head: String) -> ScriptedServer.Answer {
        guard let range = head.split(separator: "\r\n").first(where: { $0.lowercased().hasPrefix("range: bytes=") }) else {
            return .respond(200, headers: ["etag": "\"e\""], body: content)
        }
        let bounds = range.dropFirst(13).split(separator: "-").compactMap { Int($0) }
        return .respond(
            206, headers: ["etag": "\"e\"", "content-range": "bytes \(bounds[0])-\(bounds[1])/\(content.count)"],
            body: Array(content[bounds[0]...bounds[1]]))
    }

    @Test(arguments: [500, 502, 503, 504, 429, 408])
    func `a store that is busy twice is asked a third time`(status: Int) async throws {
        let server = try ScriptedServer { _, index in .respond(index < 2 ? status : 200, headers: ["etag": "\"e\""]) }
        _ = try await store(server).put(Self.key, bytes: [1])
        #expect(server.requests.count == 3)
    }

    @Test func `a connection that is closed without a word, and an answer that never comes, are tried again`() async throws {
        let server = try ScriptedServer { _, index in index == 0 ? .hangUp : index == 1 ? .silence : .respond(200) }
        _ = try await store(server, answerTimeout: .milliseconds(300)).put(Self.key, bytes: [1])
        #expect(server.requests.count == 3)
    }

    @Test func `an answer that never ends is tried again`() async throws {
        let list = Array("<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>".utf8)
        let server = try ScriptedServer { _, index in
            index == 0 ? .stall(Array(list.prefix(9)), of: list.count) : .respond(200, body: list)
        }
        try await store(server, answerTimeout: .milliseconds(300)).list(writtenBefore: Timestamp(milliseconds: 0), batch: 10) { _ in }
        #expect(server.requests.count == 2)
    }

    @Test func `a probe soon says that nobody answers, or begins to answer and does not end`() async throws {
        for answer in [ScriptedServer.Answer.silence, .stall([1], of: 2)] {
            let server = try ScriptedServer { _, _ in answer }
            let start = ContinuousClock.now
            let error = await #expect(throws: ColophonError.self) { try await store(server, answerTimeout: .seconds(60)).check() }
            #expect(error?.code == .unavailable && ContinuousClock.now - start < .seconds(30))
        }
    }

    @Test func `an upload that moves has the more time the longer it is`() {
        var request = S3Request(method: .PUT, key: "a")
        #expect(S3Patience().timeout(of: request) == .seconds(60))
        request.body = ByteBuffer(repeating: 1, count: S3BlobStore.partBytes)
        #expect(S3Patience().timeout(of: request) == .seconds(60 + 128))
    }

    @Test func `a busy store that says so at great length is asked again all the same`() async throws {
        let page = Array("<html>".utf8) + Array(repeating: UInt8(ascii: " "), count: 80 << 10)
        let server = try ScriptedServer { _, index in index < 2 ? .respond(503, body: page) : .respond(200) }
        _ = try await store(server).put(Self.key, bytes: [1])
        #expect(server.requests.count == 3)
    }

    @Test func `a store that stays busy is given up, and the caller told when to come back`() async throws {
        let server = try ScriptedServer { _, _ in .respond(503, body: Array("<Error><Code>SlowDown</Code></Error>".utf8)) }
        let error = await #expect(throws: ColophonError.self) { _ = try await store(server).put(Self.key, bytes: [1]) }
        #expect(error?.code == .unavailable && error?.retryAfterSeconds == 5 && server.requests.count == 6)
    }

    @Test func `a store that wants a long rest is given up at once, and the caller told how long`() async throws {
        let server = try ScriptedServer { _, _ in .respond(503, headers: ["retry-after": "120"]) }
        let error = await #expect(throws: ColophonError.self) { _ = try await store(server).put(Self.key, bytes: [1]) }
        #expect(error?.code == .unavailable && error?.retryAfterSeconds == 120 && server.requests.count == 1)
    }

    @Test func `what will not pass is not tried again`() async throws {
        for (status, code, expected) in [
            (400, "EntityTooSmall", ColophonError.Code.internal), (403, "AccessDenied", .unavailable), (404, "NoSuchBucket", .unavailable),
            (507, "", .storageFull), (403, "QuotaExceeded", .storageFull), (412, "PreconditionFailed", .conflict),
        ] {
            let server = try ScriptedServer { head, _ in
                head.hasPrefix("HEAD ") ? .respond(404) : .respond(status, body: Array("<Error><Code>\(code)</Code></Error>".utf8))
            }
            let error = await #expect(throws: ColophonError.self) { _ = try await store(server).put(Self.key, bytes: [1]) }
            #expect(error?.code == expected && server.requests.filter { !$0.hasPrefix("HEAD ") }.count == 1)
        }
    }

    @Test func `a body that breaks off goes on where it stopped, and must be the same one`() async throws {
        let server = try ScriptedServer { head, index in
            guard case .respond(let status, let headers, let body, _) = Self.part(head) else { return .hangUp }
            return .respond(status, headers: headers, body: body, cutAfter: index < 4 ? 150_000 : nil)
        }
        #expect(try await store(server).bytes(of: Self.key, bytesMax: .max) == Self.content)
        #expect(server.requests.dropFirst().allSatisfy { $0.lowercased().contains("\r\nif-match: \"e\"") && $0.contains("range: bytes=") })
    }

    @Test func `a body that always breaks off at the same place is given up`() async throws {
        let server = try ScriptedServer { head, _ in
            guard case .respond(let status, let headers, let body, _) = Self.part(head) else { return .hangUp }
            return .respond(status, headers: headers, body: body, cutAfter: 10)
        }
        let error = await #expect(throws: ColophonError.self) { _ = try await store(server).bytes(of: Self.key, bytesMax: .max) }
        #expect(error?.code == .unavailable && server.requests.count == 6)
    }

    @Test func `a blob that was replaced while it was read is not mixed with the new one`() async throws {
        let server = try ScriptedServer { head, index in
            if index > 0 { return .respond(412, body: Array("<Error><Code>PreconditionFailed</Code></Error>".utf8)) }
            return .respond(200, headers: ["etag": "\"e\""], body: Self.content, cutAfter: 300_000)
        }
        let error = await #expect(throws: ColophonError.self) { _ = try await store(server).bytes(of: Self.key, bytesMax: .max) }
        #expect(error?.code == .damaged && server.requests.count == 2)
    }

    @Test func `a store that does not know ranges is not believed`() async throws {
        let server = try ScriptedServer { _, _ in .respond(200, body: Self.content) }
        let error = await #expect(throws: ColophonError.self) { _ = try await store(server).read(Self.key, range: 5..<10) }
        #expect(error?.code == .unavailable && error?.message.contains("does not speak S3") == true)
    }

    @Test func `a redirect is not followed`() async throws {
        let other = try ScriptedServer { _, _ in .respond(200) }
        let server = try ScriptedServer { _, _ in .respond(307, headers: ["location": "\(other.endpoint)/papers/w/a"]) }
        let error = await #expect(throws: ColophonError.self) { _ = try await store(server).put(Self.key, bytes: [1]) }
        #expect(error?.message.contains("lies elsewhere") == true && other.requests.isEmpty && server.requests.count == 1)
    }

    @Test func `a put whose answer was lost finds its own blob there`() async throws {
        let mark = Marks()
        let server = try ScriptedServer { head, index in
            if head.hasPrefix("PUT ") { mark.note(head) }
            if index == 0 { return .hangUp }
            if head.hasPrefix("HEAD ") { return .respond(200, headers: ["x-amz-meta-upload": mark.value]) }
            return .respond(412, body: Array("<Error><Code>PreconditionFailed</Code></Error>".utf8))
        }
        let receipt = try await store(server).put(Self.key, bytesMax: 10, onlyIfAbsent: true, body: PiecewiseBody(sizes: [3]))
        #expect(receipt.bytes == 3 && server.requests.count == 3)
    }

    @Test func `an error after a 200 is an error`() async throws {
        let server = try ScriptedServer { head, index in
            if head.contains("?uploads=") { return .respond(200, body: Array(Self.begun.utf8)) }
            if head.hasPrefix("POST ") {
                let answer = "  <?xml version=\"1.0\"?>\n<Error><Code>\(index < 5 ? "InternalError" : "EntityTooSmall")</Code></Error>"
                return .respond(200, body: Array(answer.utf8))
            }
            return .respond(head.hasPrefix("DELETE ") ? 204 : 200, headers: ["etag": "\"e\""])
        }
        let error = await #expect(throws: ColophonError.self) {
            _ = try await store(server).put(Self.key, bytesMax: .max, body: PiecewiseBody(sizes: [9 << 20]))
        }
        #expect(error?.code == .internal)
        let words = server.requests.map { $0.prefix { $0 != " " } }
        #expect(words.filter { $0 == "POST" }.count >= 3 && words.last == "DELETE")
    }

    @Test func `answers without an end, or that are not XML, are refused`() async throws {
        let huge = Array("<ListMultipartUploadsResult>".utf8) + Array(repeating: UInt8(ascii: " "), count: 5 << 20)
        let circle =
            "<ListMultipartUploadsResult><IsTruncated>true</IsTruncated><NextKeyMarker>k</NextKeyMarker>"
            + "<NextUploadIdMarker>u</NextUploadIdMarker></ListMultipartUploadsResult>"
        for body in [huge, Array(circle.utf8), Array("<html>hello</html>".utf8), Array("hello".utf8), []] {
            let server = try ScriptedServer { _, _ in .respond(200, body: body) }
            let error = await #expect(throws: ColophonError.self) {
                try await store(server).scan(writtenBefore: Timestamp(milliseconds: 0), batch: 10) { _ in }
            }
            #expect(error?.message.contains("does not speak S3") == true && server.requests.count <= 2)
        }
    }

    @Test func `nobody who is there is told as away, and quickly`() async throws {
        let port = try FreePorts.find(1)[0]
        let store = S3BlobStore(
            location: try S3Location("s3://papers?endpoint=http://127.0.0.1:\(port)", environment: [:]),
            credentials: S3Credentials(accessKeyID: "id", secretAccessKey: "secret"), http: SeaweedServer.http, scratch: "/")
        let start = ContinuousClock.now
        let error = await #expect(throws: ColophonError.self) { try await store.check() }
        #expect(error?.code == .unavailable && error?.message.contains("does not answer") == true)
        #expect(ContinuousClock.now - start < .seconds(30))
    }

    @Test func `waits are random, their bound doubles up to the longest, and a store's own wish is heeded`() {
        var generator = SystemRandomNumberGenerator()
        let patience = S3Patience()
        for (failures, bound) in [(1, 250), (2, 500), (3, 1000), (4, 2000), (5, 4000)] {
            let waits = (0..<200).compactMap { _ in patience.delay(after: failures, wanted: nil, using: &generator) }
            #expect(waits.allSatisfy { $0 >= .zero && $0 <= .milliseconds(bound) })
            #expect((waits.max() ?? .zero) > .milliseconds(bound / 2) && (waits.min() ?? .zero) < .milliseconds(bound / 2))
        }
        #expect(patience.delay(after: 6, wanted: nil, using: &generator) == nil)
        #expect(patience.delay(after: 1, wanted: .seconds(3), using: &generator) == .seconds(3))
        #expect(patience.delay(after: 1, wanted: .seconds(6), using: &generator) == nil)
        var long = patience
        long.attemptsMax = 100
        #expect((0..<50).allSatisfy { _ in long.delay(after: 90, wanted: nil, using: &generator).map { $0 <= .seconds(5) } == true })
    }

    private static let begun = "<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>"

    /// Remembers the mark of a put, as a store does.
    private final class Marks: Sendable {
        private let text = Mutex("")
        var value: String { text.withLock { $0 } }

        func note(_ head: String) {
            let line = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("x-amz-meta-upload: ") }
            text.withLock { $0 = line.map { String($0.dropFirst(19)) } ?? "" }
        }
    }
}
