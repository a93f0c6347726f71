import ColophonAPI
import ColophonClient
import ColophonProcesses
import ColophonStore
import ColophonStreams
import ColophonTestSupport
import Foundation
import Testing

@testable import ColophonCore

/// Clients that do not play along, and what others notice of them.
@Suite(.serialized, .timeLimit(.minutes(5))) struct BadStreamClientTests {
    let folder: TemporaryFolder
    let server: ColophonServerProcess
    let probe: FeedProbe
    let database: any SQLDatabase
    private static let streamsMax = 40

    init() async throws {
        folder = try TemporaryFolder()
        let data = "\(folder.path)/data"
        // Few, so that one that is not given back is missed.
        server = try await ColophonServerProcess.start(
            program: Programs.colophon, data: data, arguments: ["--no-worker", "--streams-max", "\(Self.streamsMax)"])
        probe = try FeedProbe(server, data: data)
        database = try await SQLiteDatabase.open(path: "\(data)/colophon.sqlite", durability: .normal)
        try await write(1)
    }

    private func stop() async throws {
        try await database.close()
        server.process.send(SIGTERM)
        _ = await server.process.wait(timeout: .seconds(20))
    }

    /// Changes, by another process as far as the server can tell.
    private func write(_ count: Int) async throws {
        try await database.write { transaction in
            for _ in 0..<count { transaction.noteChange(.make(), .upsert, in: Library.defaultWorkspace) }
        }
    }

    private func open(after cursor: Int64, buffer: Int32? = nil) throws -> OpenStream {
        try OpenStream(
            port: probe.port, path: "\(FeedProbe.path)/stream", headers: probe.headers.merging(["Last-Event-ID": "\(cursor)"]) { $1 },
            buffer: buffer)
    }

    @Test func `readers that never read cost little memory and delay nobody, and a slow one is given every change`() async throws {
        defer { server.process.send(SIGKILL) }
        var good = try open(after: 1)
        // With a small window at this end little is on its way.
        let dead = try (0..<20).map { _ in try open(after: 1, buffer: 4096) }
        var slow = try open(after: 1, buffer: 4096)
        guard case .ready? = try good.next(within: .seconds(10)) else { throw StartFailure(log: "no ready") }
        let before = try #require(server.process.memory("VmRSS"))
        var (expected, slowly) = (Int64(2), Int64(2))
        let rounds = 40
        for _ in 0..<rounds {
            try await write(2000)
            while expected <= 1 + 2000 * Int64(rounds), let change = try good.nextChange(within: .seconds(20)) {
                #expect(change.id == expected)
                expected += 1
                if (expected - 2) % 2000 == 0 { break }
            }
            if let change = try slow.nextChange(within: .seconds(5)) {
                #expect(change.id == slowly)
                slowly += 1
            }
        }
        let head = 1 + 2000 * Int64(rounds)
        #expect(expected == head + 1)
        let grown = try #require(server.process.memory("VmRSS")) - before
        // 80,000 frames for each of 21 would be some 200 MB.
        #expect(grown < 60 << 20, "\(grown >> 20) MiB")
        // It may have been too slow for the server's patience: then it comes back with its cursor.
        var returns = 0
        while slowly <= head, returns < 10 {
            guard let change = try slow.nextChange(within: .seconds(20)) else {
                slow = try open(after: slowly - 1)
                returns += 1
                continue
            }
            if change.id != slowly { Issue.record("\(change.id) came where \(slowly) was next") }
            slowly = change.id + 1
        }
        #expect(slowly == head + 1)
        withExtendedLifetime(dead) {}
        try await stop()
    }

    @Test func `a server that is asked to end waits a moment for a slow reader to take what was sent, to the last byte`() async throws {
        defer { server.process.send(SIGKILL) }
        let slow = try LoopbackSocket(port: probe.port, buffer: 4096)
        let lines = probe.headers.map { "\($0): \($1)\r\n" }.joined()
        try slow.send("GET \(FeedProbe.path)/stream HTTP/1.1\r\nHost: x\r\nLast-Event-ID: 1\r\n\(lines)\r\n")
        guard case .bytes(var bytes) = slow.receive(most: 2048, timeout: .seconds(10)) else { throw StartFailure(log: "no answer") }
        // More than the two ends of the connection hold: something is left to send when the server is asked to end.
        for _ in 0..<20 { try await write(2000) }
        try await Task.sleep(for: .seconds(2))
        server.process.send(SIGTERM)
        // A slow client is given two seconds. Nothing of that is this test's to lose: no task waits here, and what came is looked at later.
        usleep(300_000)
        let wasWaiting = !server.process.hasEnded()
        while case .bytes(let more) = slow.receive(timeout: .seconds(5)) { bytes += more }
        #expect(wasWaiting)
        var (answer, frames) = (AnswerReader(), FrameReader())
        var expected = Int64(2)
        for frame in try frames.read(try answer.read(bytes)) {
            guard case .change(let change) = frame else { continue }
            if change.id != expected { Issue.record("\(change.id) came where \(expected) was next") }
            expected = change.id + 1
        }
        #expect(expected < 40_000, "nothing was left to send")
        #expect(answer.isComplete && frames.isBetweenFrames)
        let usage = await server.process.wait(timeout: .seconds(20))
        #expect(usage.status == 0)
        try await database.close()
    }

    /// Opens as many streams as there may be, once those that are over have been noticed.
    private func fillUp() throws {
        let end = ContinuousClock.now + .seconds(20)
        var open: [OpenStream] = []
        while open.count < Self.streamsMax {
            var stream = try self.open(after: 1)
            do { if case .ready? = try stream.next(within: .seconds(10)) { open.append(stream) } } catch is WireFault {
                try #require(ContinuousClock.now < end, "only \(open.count) streams can be opened")
                usleep(50_000)
            }
        }
        var more = try self.open(after: 1)
        #expect(throws: WireFault.self) { try more.next(within: .seconds(10)) }
    }

    @Test func `clients that hang up at any byte, or send what nobody asked for, leave nothing behind`() async throws {
        defer { server.process.send(SIGKILL) }
        try await write(50)
        for bytes in stride(from: 1, to: 4000, by: 37) {
            let stream = try open(after: 1)
            if bytes % 2 == 0 { stream.socket.resetWhenClosed() }
            var left = bytes
            while left > 0, case .bytes(let part) = stream.socket.receive(most: left, timeout: .seconds(5)) { left -= part.count }
        }
        try fillUp()
        // Whatever follows the request on the same connection is nobody's request.
        var chatty = try open(after: 1)
        try chatty.socket.send("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n")
        for id in Int64(2)...51 { #expect(try chatty.nextChange(within: .seconds(5))?.id == id) }
        try await write(1)
        #expect(try chatty.nextChange(within: .seconds(5))?.id == 52)
        // And the server is as it was.
        var last = try open(after: 51)
        #expect(try last.nextChange(within: .seconds(5))?.id == 52)
        #expect(try probe.ask("GET", "/livez").status == 200)
        try await stop()
    }

    @Test
    func `a connection that served other requests can become a stream, an older client is served, and one that closes its half is let go`()
        async throws
    {
        defer { server.process.send(SIGKILL) }
        let socket = try LoopbackSocket(port: probe.port)
        let lines = probe.headers.map { "\($0): \($1)\r\n" }.joined()
        try socket.send("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n")
        guard case .bytes? = socket.receive(timeout: .seconds(5)) as LoopbackSocket.Received? else { throw StartFailure(log: "no answer") }
        try socket.send("GET \(FeedProbe.path)/stream HTTP/1.1\r\nHost: x\r\n\(lines)\r\n")
        var reader = AnswerReader()
        var frames = FrameReader()
        var seen: [WireFrame] = []
        while seen.isEmpty, case .bytes(let bytes) = socket.receive(timeout: .seconds(5)) {
            seen += try frames.read(try reader.read(bytes))
        }
        #expect(reader.status == 200 && seen == [.ready(position: 1, lastID: 1)])

        // As nginx asks by default.
        let old = try LoopbackSocket(port: probe.port)
        try old.send("GET \(FeedProbe.path)/stream HTTP/1.0\r\nHost: x\r\nConnection: close\r\n\(lines)\r\n")
        (reader, frames, seen) = (AnswerReader(), FrameReader(), [])
        while seen.isEmpty, case .bytes(let bytes) = old.receive(timeout: .seconds(5)) { seen += try frames.read(try reader.read(bytes)) }
        #expect(reader.status == 200 && reader.headers["transfer-encoding"] == nil && seen == [.ready(position: 1, lastID: 1)])

        var half = try open(after: 1)
        guard case .ready? = try half.next(within: .seconds(10)) else { throw StartFailure(log: "no ready") }
        half.socket.closeWriting()
        while try half.next(within: .seconds(10)) != nil {}
        #expect(half.hasEnded)
        try await stop()
    }

    @Test func `signed out in the middle of a stream, a browser is sent nothing after a moment`() async throws {
        defer { server.process.send(SIGKILL) }
        let cookie = try probe.signIn()
        var stream = try OpenStream(port: probe.port, path: "\(FeedProbe.path)/stream", headers: ["Cookie": cookie])
        guard case .ready? = try stream.next(within: .seconds(10)) else { throw StartFailure(log: "no ready") }
        try await write(1)
        #expect(try stream.nextChange(within: .seconds(10))?.id == 2)
        let answer = try probe.ask("DELETE", "/api/v1/session", ["Cookie": cookie, "Sec-Fetch-Site": "same-origin"])
        #expect(answer.status == 204)
        let start = ContinuousClock.now
        var isSilent = true
        while let frame = try stream.next(within: .seconds(10)) { if case .change = frame { isSilent = false } }
        #expect(stream.hasEnded && stream.isBetweenFrames && stream.isComplete && isSilent)
        // Within a second, and what a busy machine adds.
        #expect(start.duration(to: .now) < .seconds(4))
        print("a stream ended \(start.duration(to: .now)) after its session")
        try await write(1)
        try await stop()
    }
}
