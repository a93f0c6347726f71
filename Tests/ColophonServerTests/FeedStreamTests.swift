import ColophonAPI
import ColophonCore
import ColophonTestSupport
import Foundation
import NIOCore
import Testing

@testable import ColophonServer

/// The stream of a workspace's changes, over real connections.
@Suite(.timeLimit(.minutes(2))) struct FeedStreamTests {
    @Test func `a stream says where it begins, then every change as it is committed`() async throws {
        try await LiveServer.with { server in
            try await server.stream { reader in
                let head = try await reader.head()
                #expect(head.hasPrefix("http/1.1 200 ok"))
                for field in [
                    "content-type: text/event-stream", "cache-control: no-store, no-transform", "x-accel-buffering: no",
                    "x-content-type-options: nosniff", "x-request-id: req_", "transfer-encoding: chunked", "referrer-policy: no-referrer",
                    "content-security-policy: default-src 'none'", "cross-origin-resource-policy: same-origin",
                ] { #expect(head.contains(field)) }
                #expect(!head.contains("content-length") && !head.contains("etag"))
                let ready = try #require(try await reader.next())
                #expect(ready == .init(id: "0", event: "ready", data: #"{"lastId":null}"#))
                for name in ["a", "b", "c"] { try await server.change(name) }
                let head2 = try await server.test.library.feedPosition(in: server.scope).head
                #expect(try await reader.changes(Int(head2)) == (1...head2).map { "\($0)" })
            }
        }
    }

    @Test func `a client that comes back is given what it missed, in order, before what is new`() async throws {
        try await LiveServer.with { server in
            // More than a page and more than a ring.
            for index in 0..<1300 { try await server.change("\(index)") }
            let head = try await server.test.library.feedPosition(in: server.scope).head
            try await server.stream("?cursor=900", headers: ["Last-Event-ID": "3"]) { reader in
                _ = try await reader.head()
                #expect(try await reader.next() == .init(id: "3", event: "ready", data: #"{"lastId":"\#(head)"}"#))
                #expect(try await reader.changes(Int(head) - 3) == (4...head).map { "\($0)" })
                try await server.change("new")
                #expect(try await reader.changes(1) == ["\(head + 1)"])
            }
        }
    }

    @Test(arguments: [("0", "cursor_expired"), ("99", "cursor_ahead"), ("9223372036854775807", "cursor_ahead")])
    func `a position that cannot be continued from is told so, and live changes follow`(cursor: String, reason: String) async throws {
        try await LiveServer.with { server in
            for name in ["a", "b"] { try await server.change(name) }
            let head = try await server.test.library.feedPosition(in: server.scope).head
            try await server.stream("?cursor=\(cursor)") { reader in
                #expect(try await reader.head().hasPrefix("http/1.1 200 ok"))
                // Until the second frame the client has the position that it came with.
                #expect(try await reader.next() == .init(id: "", event: "ready", data: #"{"lastId":"\#(head)"}"#))
                let resync = try #require(try await reader.next())
                #expect(resync.event == "documents.resync" && resync.id == "\(head)")
                #expect(resync.data == #"{"reason":"\#(reason)","floor":"1","head":"\#(head)"}"#)
                try await server.change("c")
                #expect(try await reader.changes(1) == ["\(head + 1)"])
            }
        }
    }

    @Test(arguments: [
        ("?cursor=x", "400", "invalid_cursor"), ("?cursor=-1", "400", "invalid_cursor"),
        ("?cursor=99999999999999999999", "400", "invalid_cursor"),
        ("?cursor=", "400", "invalid_cursor"), ("?since=1", "422", "extra_forbidden"),
    ])
    func `a request that cannot be meant is refused, and its connection goes on`(query: String, status: String, code: String) async throws {
        try await LiveServer.with { server in
            try await server.stream(query) { reader in
                let head = try await reader.head()
                #expect(head.hasPrefix("http/1.1 \(status)") && head.contains("content-type: application/problem+json"))
                #expect(!head.contains("connection: close"))
            }
        }
    }

    @Test func `who may not see the workspace is refused as everywhere`() async throws {
        try await LiveServer.with { server in
            try await server.stream(key: "colophon_nothing") { reader in
                let head = try await reader.head()
                #expect(head.hasPrefix("http/1.1 401"))
            }
            var answers: [String] = []
            for (workspace, route) in [("w2", "stream"), ("nowhere", "stream"), ("w2", "delta?since=1")] {
                try await server.stream(path: "/api/v1/workspaces/\(workspace)/documents/\(route)") { reader in
                    let head = try await reader.head()
                    #expect(head.hasPrefix("http/1.1 404"))
                    answers.append(
                        try await reader.whole().replacing(/"requestId":"[^"]*"/, with: "").replacing(/"instance":"[^"]*"/, with: ""))
                }
            }
            #expect(Set(answers).count == 1, "\(answers)")
        }
    }

    @Test func `a server that is full says so and when to come back, and has room again when one leaves`() async throws {
        var limits = Limits()
        limits.streamsMax = 1
        try await LiveServer.with(limits: limits) { server in
            try await server.stream { reader in
                _ = try await reader.head()
                try await server.stream { other in
                    let head = try await other.head()
                    #expect(head.hasPrefix("http/1.1 503") && head.contains("retry-after: "))
                }
            }
            while server.hub.streamCount > 0 { try await Task.sleep(for: .milliseconds(5)) }
            try await server.stream { reader in
                let head = try await reader.head()
                #expect(head.hasPrefix("http/1.1 200"))
            }
        }
    }

    @Test func `a key that is revoked ends its streams, and no other's`() async throws {
        try await LiveServer.with { server in
            let other = try await server.test.library.createKey(named: "other", for: server.scope.workspace)
            try await server.stream { kept in
                _ = try await kept.head()
                #expect(try await kept.next()?.event == "ready")
                try await server.stream(key: other.text) { revoked in
                    _ = try await revoked.head()
                    #expect(try await revoked.next()?.event == "ready")
                    try await server.test.library.store.revokeKey(other.id)
                    #expect(try await revoked.next() == nil)
                }
                try await server.change("a")
                #expect(try await kept.changes(1) == ["1"])
            }
        }
    }

    @Test func `what others write without a word is seen within a second, however much is told of another workspace`() async throws {
        try await LiveServer.with { server in
            try await server.change("a")
            try await server.stream { reader in
                _ = try await reader.head()
                #expect(try await reader.next()?.event == "ready")
                let chatter = Task {
                    while !Task.isCancelled {
                        server.test.library.feed.note([WorkspaceID(rawValue: "w2")])
                        try await Task.sleep(for: .milliseconds(100))
                    }
                }
                defer { chatter.cancel() }
                try await server.changeSilently()
                let start = ContinuousClock.now
                #expect(try await reader.changes(1) == ["2"])
                #expect(start.duration(to: .now) < .seconds(5))
            }
        }
    }

    @Test func `a stranger holds no more streams than anybody needs, and may come back`() async throws {
        try await LiveServer.with { server in
            let token = SessionToken.make()
            let cookie = "colophon_session=\(token.text)"
            let own = "/workspaces/\(token.personalWorkspace)/documents/stream"
            func open(_ count: Int) async throws {
                guard count > 0 else { return }
                if count == 1, server.hub.streamCount == FeedHub.strangersMax {
                    return try await server.stream(headers: ["Cookie": cookie], key: "", path: own) { refused in
                        let head = try await refused.head()
                        #expect(head.hasPrefix("http/1.1 429") && head.contains("retry-after: "))
                    }
                }
                try await server.stream(headers: ["Cookie": cookie], key: "", path: own) { reader in
                    let head = try await reader.head()
                    #expect(head.hasPrefix("http/1.1 200"))
                    try await open(count - 1)
                }
            }
            try await open(FeedHub.strangersMax + 1)
            while server.hub.streamCount > 0 { try await Task.sleep(for: .milliseconds(5)) }
            try await open(1)
        }
    }

    @Test func `a stream says that it is alive, and ends when its time is over`() async throws {
        var limits = Limits()
        (limits.streamKeepalive, limits.streamLife) = (.seconds(1), .seconds(4))
        try await LiveServer.with(limits: limits) { server in
            try await server.stream { reader in
                _ = try await reader.head()
                var events: [String] = []
                while let event = try await reader.next() { events.append(event.event) }
                #expect(events.first == "ready" && events.filter { $0 == "keepalive" }.count >= 2)
            }
        }
    }

    @Test func `the page of changes takes the same positions, and says where to go on`() async throws {
        try await LiveServer.with { server in
            for name in ["a", "b", "c"] { try await server.change(name) }
            let (library, scope) = (server.test.library, server.scope)
            let head = try await library.feedPosition(in: scope).head
            #expect(try await library.changes(since: head, limit: nil, in: scope) == FeedPage(changes: [], next: head, hasMore: false))
            let page = try await library.changes(since: 1, limit: 1, in: scope)
            #expect(page.changes.map(\.id) == [2] && page.next == 2 && page.hasMore)
            for position in [0, head + 1] {
                await #expect { try await library.changes(since: position, limit: nil, in: scope) } throws: {
                    ($0 as? ColophonError)?.code == .resyncRequired
                }
            }
            for limit in [0, 2001] {
                await #expect { try await library.changes(since: 1, limit: limit, in: scope) } throws: {
                    ($0 as? ColophonError)?.field == "limit"
                }
            }
        }
    }
}
