import ColophonAPI
import ColophonClient
import ColophonProcesses
import ColophonSamples
import ColophonStreams
import ColophonTestSupport
import Foundation
import Testing

/// The stream as clients read it that know nothing of Colophon.
@Suite(.serialized, .timeLimit(.minutes(5))) struct StreamInteropTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func wait(for what: String, _ followers: [StreamFollower], _ isThere: (StreamFollower) -> Bool) async throws {
        let end = ContinuousClock.now + .seconds(60)
        while let missing = followers.first(where: { !isThere($0) }) {
            try #require(
                ContinuousClock.now < end, "\(missing.name) has not seen \(what): \(missing.events.suffix(3)) \(missing.complaints)")
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    private func upload(_ count: Int, seed: UInt64, to server: ColophonServerProcess) async throws -> [String] {
        var ids: [String] = []
        for index in 0..<count {
            let path = "\(folder.path)/sample-\(seed)-\(index).pdf"
            try Data(SamplePDF.bytes(pages: 1, seed: seed + UInt64(index))).write(to: URL(fileURLWithPath: path))
            ids.append(try await server.client.upload(path: path).documentId)
        }
        for id in ids { _ = try await server.client.wait(for: id) }
        return ids
    }

    @Test func `clients of others see the same events, straight and through nginx, with keys and with cookies, over a cut`() async throws {
        let server = try await ColophonServerProcess.start(program: Programs.colophon, data: "\(folder.path)/data")
        defer { server.process.send(SIGKILL) }
        let feed = try FeedProbe(server, data: "\(folder.path)/data")
        _ = try await upload(1, seed: 100, to: server)
        let start = try feed.head()

        let proxy = try CuttingProxy(to: feed.port)
        defer { proxy.close() }
        let nginx = try await NginxServer.start(folder: folder.path, locations: "location / { proxy_pass http://127.0.0.1:\(proxy.port); }")
        defer { nginx.process.send(SIGTERM) }
        let cookie = try feed.signIn()
        let bearer = "Authorization: Bearer \(feed.key)"
        let stream = "\(FeedProbe.path)/stream?cursor=\(start)"
        let raw = "\(folder.path)/raw"
        var followers: [StreamFollower] = []
        for (route, port) in [("straight", proxy.port), ("through nginx", nginx.port)] {
            let origin = "http://127.0.0.1:\(port)"
            for name in StreamFollower.libraries {
                let header = name == "httpx-sse" ? "Cookie: \(cookie)" : name == "curl" ? "X-API-Key: \(feed.key)" : bearer
                let options = name == "curl" && route == "straight" ? ["--raw", raw] : []
                followers.append(
                    try .library(name, route, url: origin + stream, headers: [header], options: options, folder: folder.path))
            }
            followers.append(try .chromium(route, origin: origin, stream: stream, cookie: cookie, folder: folder.path))
        }
        defer { for follower in followers { follower.process.send(SIGTERM) } }
        try await wait(for: "ready", followers) { $0.events.first?.event == "ready" }

        let first = try await upload(3, seed: 200, to: server)
        try feed.edit(first[0])
        _ = try await server.client.delete(first[1])
        let cutAt = try feed.head()
        try await wait(for: "change \(cutAt)", followers) { $0.events.contains { $0.id == "\(cutAt)" } }

        // Nobody is connected while these are made: they are replayed.
        proxy.cutAndHold()
        let second = try await upload(2, seed: 300, to: server)
        _ = try await server.client.delete(second[0])
        try feed.edit(first[0])
        let replayed = try feed.head()
        proxy.open()
        try await wait(for: "change \(replayed)", followers) { $0.events.contains { $0.id == "\(replayed)" } }
        _ = try await server.client.delete(first[2])
        let end = try feed.head()
        try await wait(for: "change \(end)", followers) { $0.events.contains { $0.id == "\(end)" } }
        try await wait(for: "a keepalive", followers) { $0.events.last?.event == "keepalive" }
        for follower in followers { await follower.stop() }

        let expected =
            [StreamFollower.Event(id: "\(start)", event: "ready", data: #"{"lastId":"\#(start)"}"#)]
            + (try feed.changes(after: start).filter { Int64($0.id) ?? 0 <= cutAt })
            + [StreamFollower.Event(id: "\(cutAt)", event: "ready", data: #"{"lastId":"\#(replayed)"}"#)]
            + (try feed.changes(after: cutAt))
        #expect(expected.count > 15)
        for follower in followers {
            #expect(follower.events.filter { $0.event != "keepalive" } == expected, "\(follower.name)")
            #expect(follower.events.filter { $0.event == "keepalive" }.allSatisfy { $0.data == "{}" }, "\(follower.name)")
        }
        try readAtEverySplit(try Data(contentsOf: URL(fileURLWithPath: raw)).map { $0 }, expected: expected)
    }

    @Test func `over TLS curl follows the same stream`() async throws {
        let (certificate, secret) = ("\(folder.path)/server.crt", "\(folder.path)/server.key")
        let words = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
        let openssl = try ChildProcess(
            "/usr/bin/openssl", words + ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", secret, "-out", certificate])
        #expect(await openssl.wait(timeout: .seconds(60)).status == 0)
        let server = try await ColophonServerProcess.start(
            program: Programs.colophon, data: "\(folder.path)/data",
            arguments: ["--no-worker", "--tls-cert", certificate, "--tls-key", secret], trustedCA: certificate)
        defer { server.process.send(SIGKILL) }
        let key = try ColophonServerProcess.localKey(data: "\(folder.path)/data")
        let curl = try StreamFollower.library(
            "curl", "over TLS", url: "\(server.address)\(FeedProbe.path)/stream", headers: ["Authorization: Bearer \(key)"],
            options: ["--cacert", certificate], folder: folder.path)
        defer { curl.process.send(SIGTERM) }
        try await wait(for: "ready", [curl]) { $0.events.first?.event == "ready" }
        let path = "\(folder.path)/one.pdf"
        try Data(SamplePDF.bytes(pages: 1, seed: 1)).write(to: URL(fileURLWithPath: path))
        let id = try await server.client.upload(path: path, process: false).documentId
        _ = try await server.client.delete(id)
        try await wait(for: "the end", [curl]) { $0.events.contains { $0.event == "document.deleted" } }
        await curl.stop()
        let seen = curl.events.filter { $0.event != "keepalive" }.map(\.event)
        #expect(seen == ["ready", "document.changed", "document.deleted"])
    }

    /// The bytes as they came, cut in two at every place, and one by one.
    private func readAtEverySplit(_ bytes: [UInt8], expected: [StreamFollower.Event]) throws {
        func events(_ parts: [ArraySlice<UInt8>]) throws -> [StreamFollower.Event] {
            var parser = EventStreamParser()
            return try parts.flatMap { try parser.read($0) }.filter { $0.event != "keepalive" }
                .map { StreamFollower.Event(id: $0.id, event: $0.event, data: $0.data) }
        }
        #expect(try events(bytes.indices.map { bytes[$0...$0] }) == expected)
        for cut in bytes.indices where try events([bytes[..<cut], bytes[cut...]]) != expected {
            Issue.record("cut at \(cut), something else is read")
        }
        var strict = FrameReader()
        let frames = try bytes.flatMap { try strict.read([$0]) }
        #expect(frames.filter { $0 != .keepalive }.count == expected.count && strict.isBetweenFrames)
    }
}
