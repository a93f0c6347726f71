import ColophonAPI
import ColophonCore
import ColophonStore
import ColophonStreams
import ColophonTestSupport
import Foundation
import Hummingbird
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Testing

@testable import ColophonServer

/// The routes behind a real socket, with the hub that serves the streams.
struct LiveServer: Sendable {
    let test: TestLibrary
    let hub: FeedHub
    let port: Int

    static func with(limits: Limits = Limits(), _ body: (LiveServer) async throws -> Void) async throws {
        let test = try await TestLibrary(limits: limits)
        var routes = Routes(library: test.library, version: "test")
        let (ports, ready) = AsyncStream<Int>.makeStream()
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let hub = routes.hub()
        let application = try ServerBuild.application(
            router: routes.router(), hub: hub, limits: limits, host: "127.0.0.1", port: 0, logger: logger
        ) { ready.yield($0) }
        try await withThrowingTaskGroup { group in
            let services = ServiceGroup(services: [application], logger: logger)
            group.addTask { try await services.run() }
            var iterator = ports.makeAsyncIterator()
            let port = try #require(await iterator.next())
            try await body(LiveServer(test: test, hub: hub, port: port))
            await services.triggerGracefulShutdown()
            try await group.waitForAll()
        }
    }

    var scope: WorkspaceScope { test.store.scope }

    /// One change to the workspace's feed.
    func change(_ name: String) async throws { try await test.store.upload(name, process: false) }

    /// The same, by somebody who tells nobody.
    func changeSilently() async throws {
        try await test.store.database.write { [scope] transaction in
            let workspace = SQLValue.text(scope.workspace.rawValue)
            _ = try transaction.execute("UPDATE workspace_feeds SET head = head + 1 WHERE workspace_id = ?", [workspace])
            _ = try transaction.execute(
                """
                INSERT INTO changes (workspace_id, id, document_id, op, at)
                SELECT workspace_id, head, 'doc-silent', 'upsert', colophon_now() FROM workspace_feeds WHERE workspace_id = ?
                """, [workspace])
        }
    }

    /// Sends a request for the stream and hands its answer on.
    func stream(
        _ query: String = "", headers: [String: String] = [:], key: String? = nil, path: String? = nil,
        _ body: (inout StreamReader) async throws -> Void
    ) async throws {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).connect(host: "127.0.0.1", port: port) {
            channel in
            channel.eventLoop.makeCompletedFuture {
                try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
            }
        }
        let extra = headers.map { "\($0): \($1)\r\n" }.joined()
        let path = path ?? "/workspaces/\(scope.workspace)/documents/stream"
        let request = "GET \(path)\(query) HTTP/1.1\r\nHost: x\r\n\(key == "" ? "" : "X-Api-Key: \(key ?? test.key.text)\r\n")\(extra)\r\n"
        try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: request))
            var reader = StreamReader(iterator: inbound.makeAsyncIterator())
            try await body(&reader)
        }
    }
}

/// What came over one connection.
struct StreamReader {
    var iterator: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private var parser = EventStreamParser()
    private var events: [EventStreamParser.Event] = []
    private var answer = AnswerReader()
    private var text: [UInt8] = []
    private var body: [UInt8] = []

    init(iterator: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator) { self.iterator = iterator }

    /// The answer's head, in lower case.
    mutating func head() async throws -> String {
        let end = Array("\r\n\r\n".utf8)
        while true {
            if let at = text.firstRange(of: end) { return String(decoding: text[..<at.lowerBound], as: UTF8.self).lowercased() }
            guard try await receive() else { throw ColophonError(.badRequest, "The connection ended in its head.") }
        }
    }

    /// - Returns: Whether anything came.
    private mutating func receive() async throws -> Bool {
        guard let more = try await iterator.next() else { return false }
        let bytes = Array(more.readableBytesView)
        if answer.status == nil { text += bytes }
        body += try answer.read(bytes)
        return true
    }

    /// The body of an answer that has an end.
    mutating func whole() async throws -> String {
        while !answer.isComplete, try await receive() {}
        defer { body = [] }
        return String(decoding: body, as: UTF8.self)
    }

    /// The next event; nil at the end of the stream.
    mutating func next() async throws -> EventStreamParser.Event? {
        while events.isEmpty {
            if body.isEmpty, !(try await receive()) { return nil }
            events = try parser.read(body)
            body = []
        }
        return events.removeFirst()
    }

    /// The ids of the next so many changes.
    mutating func changes(_ count: Int) async throws -> [String] {
        var ids: [String] = []
        while ids.count < count, let event = try await next() { if event.event.hasPrefix("document.") { ids.append(event.id) } }
        return ids
    }
}
