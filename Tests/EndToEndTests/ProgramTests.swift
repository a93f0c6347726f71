import ColophonAPI
import ColophonClient
import ColophonProcesses
import ColophonSamples
import ColophonStreams
import ColophonTestSupport
import Foundation
import Testing

/// The program itself, as users start it; driven by its own client.
@Suite(.serialized, .timeLimit(.minutes(5))) struct ProgramTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private var data: String { "\(folder.path)/data" }

    private func pdf(_ pages: Int, named name: String = "sample.pdf", seed: UInt64 = 1) throws -> String {
        let path = "\(folder.path)/\(name)"
        try Data(SamplePDF.bytes(pages: pages, seed: seed)).write(to: URL(fileURLWithPath: path))
        return path
    }

    /// Runs the program to its end and gives what it printed.
    private func run(_ arguments: [String], environment: [String: String] = [:]) async throws -> (status: Int32, output: String) {
        let output = "\(folder.path)/out-\(UUID().uuidString)"
        let process = try ChildProcess(Programs.colophon, arguments, environment: environment, output: output)
        let usage = await process.wait(timeout: .seconds(60))
        // Exited normally: the status is in the second byte; killed: it is the signal.
        let status = usage.status & 0x7F == 0 ? usage.status >> 8 & 0xFF : -(usage.status & 0x7F)
        return (status, try String(contentsOfFile: output, encoding: .utf8))
    }

    /// Sends what no proper client would, waits a moment, and closes the connection.
    private func hangUp(_ port: UInt16, after text: String) async throws {
        let connection = try LoopbackSocket(port: port)
        try connection.send(text)
        try await Task.sleep(for: .milliseconds(100))
        withExtendedLifetime(connection) {}
    }

    private func wait(for description: String, _ condition: () async throws -> Bool) async throws {
        let end = ContinuousClock.now + .seconds(60)
        while try await !condition() {
            try #require(ContinuousClock.now < end, "\(description) did not happen")
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    @Test func `a document goes from upload to a pinned export, on both ways in`() async throws {
        let server = try await ColophonServerProcess.start(program: Programs.colophon, data: data)
        defer { server.process.send(SIGKILL) }
        let uploaded = try await server.client.upload(path: try pdf(3))
        let done = try await server.client.wait(for: uploaded.documentId)
        #expect(done.status == "complete" && done.pagesTotal == 3 && done.currentRunId == uploaded.runId)
        let again = try await server.client.reparse(uploaded.documentId)
        _ = try await server.client.wait(for: uploaded.documentId)
        var exports: [[UInt8]] = []
        for run in [uploaded.runId, again.runId, nil] as [String?] {
            var bytes: [UInt8] = []
            try await server.client.export(uploaded.documentId, format: "md", run: run) { bytes += $0 }
            exports.append(bytes)
        }
        #expect(exports[0] == exports[1] && exports[1] == exports[2])
        #expect(String(decoding: exports[0], as: UTF8.self).contains("Chapter 2:"))

        let environment = ["COLOPHON_DATA": data, "COLOPHON_SERVER": server.address]
        let upload = try await run(["upload", try pdf(1), "--id", "doc-cli", "--wait"], environment: environment)
        #expect(upload.status == 0 && upload.output.contains("complete"))
        let runs = try await run(["runs", "list", "doc-cli", "--json"], environment: environment)
        #expect(runs.status == 0 && runs.output.contains("\"status\" : \"complete\""))
        let export = try await run(["export", "doc-cli", "--format", "text"], environment: environment)
        #expect(export.status == 0 && export.output.contains("Chapter 1:"))
        let wrong = try await run(["export", "doc-none"], environment: environment)
        #expect(wrong.status == 2 && wrong.output.contains("No such document."))
    }

    @Test func `the first key is shown once, kept for its owner alone, and only its hash is stored`() async throws {
        let first = try await ColophonServerProcess.start(program: Programs.colophon, data: data)
        first.process.send(SIGTERM)
        _ = await first.process.wait(timeout: .seconds(20))
        let key = try ColophonServerProcess.localKey(data: data)
        let mode = try FileManager.default.attributesOfItem(atPath: "\(data)/local.key")[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let second = try await ColophonServerProcess.start(program: Programs.colophon, data: data)
        second.process.send(SIGTERM)
        _ = await second.process.wait(timeout: .seconds(20))
        let log = try String(contentsOfFile: "\(data).log", encoding: .utf8)
        #expect(log.components(separatedBy: key).count == 2)
        let secret = Data(key.split(separator: "_", maxSplits: 2)[2].utf8)
        for name in try FileManager.default.contentsOfDirectory(atPath: data) where name.hasPrefix("colophon.sqlite") {
            #expect(try Data(contentsOf: URL(fileURLWithPath: "\(data)/\(name)")).range(of: secret) == nil)
        }
    }

    @Test func `a graceful stop hands the job back, and the next worker completes it as its first attempt`() async throws {
        let server = try await ColophonServerProcess.start(program: Programs.colophon, data: data, arguments: ["--no-worker"])
        defer { server.process.send(SIGKILL) }
        let worker = try ChildProcess(Programs.colophon, ["work", "--data", data])
        let id = try await server.client.upload(path: try pdf(120)).documentId
        try await wait(for: "a reader") { !worker.readers.isEmpty }
        // A reader that is held cannot be done before the stop comes, however late this test gets its turn.
        for reader in worker.readers { kill(reader, SIGSTOP) }
        worker.send(SIGTERM)
        #expect(await worker.wait(timeout: .seconds(20)).status == 0)
        let handedBack = try #require(try await server.client.runs(of: id).runs.first)
        #expect(handedBack.status == "queued" && handedBack.attempt == 0, "\(handedBack)")
        let next = try ChildProcess(Programs.colophon, ["work", "--data", data])
        defer { next.send(SIGKILL) }
        _ = try await server.client.wait(for: id, timeout: .seconds(180))
        #expect(try await server.client.runs(of: id).runs.first?.attempt == 1)
    }

    @Test func `a worker that froze past its lease wakes to find its run another's, and changes nothing`() async throws {
        let lease = ["--lease", "2"]
        let server = try await ColophonServerProcess.start(program: Programs.colophon, data: data, arguments: ["--no-worker"] + lease)
        defer { server.process.send(SIGKILL) }
        let frozen = try ChildProcess(Programs.colophon, ["work", "--data", data, "--slots", "1"] + lease)
        defer { frozen.send(SIGKILL) }
        let id = try await server.client.upload(path: try pdf(120)).documentId
        try await wait(for: "a reader") { !frozen.readers.isEmpty }
        frozen.send(SIGSTOP)
        let next = try ChildProcess(Programs.colophon, ["work", "--data", data, "--slots", "1"] + lease)
        defer { next.send(SIGKILL) }
        let done = try await server.client.wait(for: id, timeout: .seconds(180))
        #expect(done.status == "complete")
        let before = try await server.client.run(done.runId, of: id).run
        let events = try await server.client.events(of: id)
        #expect(events.events.contains { $0.type == "lease_lost" })
        frozen.send(SIGCONT)
        // Long enough for the woken worker to finish its reading and to try.
        try await Task.sleep(for: .seconds(4))
        #expect(try await server.client.run(done.runId, of: id).run == before)
        #expect(try await server.client.events(of: id) == events)
        #expect(!frozen.hasEnded())
    }

    @Test func `a worker that is killed is noticed at once, and its run goes on elsewhere long before its lease ends`() async throws {
        let server = try await ColophonServerProcess.start(program: Programs.colophon, data: data, arguments: ["--no-worker"])
        defer { server.process.send(SIGKILL) }
        let arguments = ["work", "--data", data, "--slots", "1", "--lease", "600"]
        let first = try ChildProcess(Programs.colophon, arguments)
        let uploaded = try await server.client.upload(path: try pdf(1500))
        try await wait(for: "the extraction") { !first.readers.isEmpty }
        let second = try ChildProcess(Programs.colophon, arguments)
        defer { second.send(SIGKILL) }
        first.send(SIGKILL)
        let start = ContinuousClock.now
        try await wait(for: "the second attempt") {
            try await server.client.run(uploaded.runId, of: uploaded.documentId).run.attempt == 2 && !second.readers.isEmpty
        }
        #expect(start.duration(to: .now) < .seconds(30))
        let events = try await server.client.events(of: uploaded.documentId)
        #expect(events.events.map(\.type).filter { $0 == "lease_lost" }.count == 1)
    }

    @Test func `a protected document is read with the password that came along, which is written down nowhere`() async throws {
        let server = try await ColophonServerProcess.start(program: Programs.colophon, data: data, arguments: ["--log", "trace"])
        defer { server.process.send(SIGKILL) }
        let sample = ProtectedPDF.aes
        let port = try #require(server.address.split(separator: ":").last.flatMap { UInt16($0) })
        let headers = ["Authorization": "Bearer \(try ColophonServerProcess.localKey(data: data))", "Content-Type": "application/pdf"]
        func send(_ path: String, _ password: String?, _ body: [UInt8] = []) throws -> PlainHTTP.Answer {
            let secret = password.map { ["X-Document-Password": $0] } ?? [:]
            return try PlainHTTP(port: port).ask("POST", path, headers.merging(secret) { $1 }, bytes: body)
        }
        let path = "/v1/documents/doc-locked"
        #expect(try send("\(path)/upload", nil, sample.bytes).status == 202)
        var status = try await server.client.wait(for: "doc-locked", timeout: .seconds(30))
        #expect(status.status == "failed" && status.error?.code == "PASSWORD_PROTECTED")
        #expect(try send("\(path)/upload", String(repeating: "x", count: 1100), sample.bytes).status == 422)
        #expect(try send("\(path)/runs/\(status.runId)/retry", sample.password).status == 202)
        status = try await server.client.wait(for: "doc-locked", timeout: .seconds(30))
        #expect(status.status == "complete")
        let image = try PlainHTTP(port: port).ask("GET", "\(path)/pg_1.png", headers)
        #expect(image.status == 200 && image.headers["content-type"] == "image/png")
        let file = "\(folder.path)/locked.pdf"
        try Data(sample.bytes).write(to: URL(fileURLWithPath: file))
        let environment = [
            "COLOPHON_SERVER": server.address, "COLOPHON_KEY": try ColophonServerProcess.localKey(data: data),
            "COLOPHON_DOCUMENT_PASSWORD": sample.password,
        ]
        #expect(try await run(["upload", file, "--id", "doc-by-program", "--wait"], environment: environment).status == 0)
        let named = try await run(["upload", file, "--name-conflict", "keep-both", "--wait"], environment: environment)
        #expect(named.status == 0 && named.output.contains("complete"))
        server.process.send(SIGTERM)
        _ = await server.process.wait(timeout: .seconds(20))
        let secret = Data(sample.password.utf8)
        let files = try FileManager.default.subpathsOfDirectory(atPath: data).map { "\(data)/\($0)" } + ["\(data).log"]
        for file in files { #expect(FileManager.default.contents(atPath: file)?.range(of: secret) == nil, "\(file)") }
    }

    @Test func `cancelling a long extraction frees the CPU`() async throws {
        let server = try await ColophonServerProcess.start(program: Programs.colophon, data: data)
        defer { server.process.send(SIGKILL) }
        let uploaded = try await server.client.upload(path: try pdf(400))
        try await wait(for: "a child") { !server.process.readers.isEmpty }
        let cancelled = try await server.client.cancel(uploaded.runId, of: uploaded.documentId)
        #expect(cancelled.status == "cancelled")
        try await wait(for: "the child's end") { server.process.readers.isEmpty }
        #expect(try await server.client.status(of: uploaded.documentId).error?.code == "CANCELLED")
    }

    @Test func `a child that is killed is a lost attempt, and the next one completes`() async throws {
        let server = try await ColophonServerProcess.start(program: Programs.colophon, data: data)
        defer { server.process.send(SIGKILL) }
        let id = try await server.client.upload(path: try pdf(300)).documentId
        try await wait(for: "a child") { !server.process.readers.isEmpty }
        for child in server.process.readers { kill(child, SIGKILL) }
        let done = try await server.client.wait(for: id, timeout: .seconds(60))
        #expect(done.status == "complete")
        #expect(try await server.client.events(of: id).events.contains { $0.type == "retry" && $0.meta["code"] == "LOST" })
    }

    @Test(.enabled(if: getuid() == 0, "mounting a small disk needs root"))
    func `an export that does not fit on its disk says so, and leaves nothing`() async throws {
        let server = try await ColophonServerProcess.start(program: Programs.colophon, data: data)
        defer { server.process.send(SIGKILL) }
        _ = try await server.client.upload(path: try pdf(40), to: "doc-full")
        _ = try await server.client.wait(for: "doc-full")
        let export = ["export", "doc-full", "--format", "json", "--server", server.address, "--data", data, "-o"]
        let device = try await run(export + ["/dev/full"])
        #expect(device.status == 69 && device.output.contains("the disk is full"))
        try await SmallDisk.with(megabytes: 1) { disk in
            try Data(count: 1_000_000).write(to: URL(fileURLWithPath: "\(disk)/ballast"))
            let file = try await run(export + ["\(disk)/out.json"])
            #expect(file.status == 69 && file.output.contains("the disk is full"))
            let convert = try await run(["convert", try pdf(40), "--to", "json", "-o", "\(disk)/out.json"])
            #expect(convert.status == 69 && convert.output.contains("the disk is full"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: disk) == ["ballast"])
        }
    }

    @Test func `convert writes what was asked for and says in its status how it went`() async throws {
        let good = try pdf(1, named: "good.pdf")
        try folder.write("no PDF", to: "bad.pdf")
        let out = "\(folder.path)/out"
        let mixed = try await run(["convert", good, "\(folder.path)/bad.pdf", "-o", out])
        #expect(mixed.status == 65 && mixed.output.contains("UNSUPPORTED_FORMAT"))
        #expect(try String(contentsOfFile: "\(out)/good.md", encoding: .utf8).contains("Chapter 1:"))
        #expect(!FileManager.default.fileExists(atPath: "\(out)/bad.md"))
        for (format, sign) in [("json", "\"schema_name\""), ("html", "<html"), ("text", "Chapter 1:"), ("md", "Chapter 1:")] {
            let result = try await run(["convert", good, "--to", format])
            #expect(result.status == 0 && result.output.contains(sign), "\(format)")
        }
        #expect(try await run(["convert", good, "--to", "json,text", "-o", out]).status == 0)
        #expect(try String(contentsOfFile: "\(out)/good.txt", encoding: .utf8).contains("Chapter 1:"))
        #expect(try String(contentsOfFile: "\(out)/good.json", encoding: .utf8).contains("schema_name"))
        for formats in ["md,json", "md,md", "md,", "md,exe"] {
            #expect(try await run(["convert", good, "--to", formats]).status == 2, "\(formats)")
        }
        #expect(try await run(["convert"]).status == 2)
        #expect(try await run(["convert", good, "--to", "exe"]).status == 2)
        #expect(try await run(["convert", "\(folder.path)/absent.pdf"]).status == 65)
        #expect(try await run(["convert", good], environment: ["COLOPHON_EXTRACT": "/nowhere"]).status == 69)
        // More than a reader could be told.
        for password in ["", String(repeating: "x", count: 70_000)] {
            #expect(try await run(["convert", good, "--password", password]).status == 2)
        }
        #expect(try await run(["convert", good], environment: ["COLOPHON_DOCUMENT_PASSWORD": ""]).status == 0)
        #expect(try await run(["upload", good, "--server", "http://127.0.0.1:1", "--key", "k"]).status == 69)
        #expect(try await run(["--help"]).status == 0)
        #expect(try await run(["nonsense"]).status == 2)
    }

    @Test func `a body that stops midway, or is shorter than it says, is no document`() async throws {
        let server = try await ColophonServerProcess.start(program: Programs.colophon, data: data, arguments: ["--no-worker"])
        defer { server.process.send(SIGKILL) }
        let key = try ColophonServerProcess.localKey(data: data)
        let port = try #require(server.address.split(separator: ":").last.flatMap { UInt16($0) })
        let head = "POST /document/doc-cut/upload HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(key)\r\n"
        for rest in ["Content-Length: 1000\r\n\r\n%PDF-1.7 only this", "Transfer-Encoding: chunked\r\n\r\n10\r\n%PDF-1.7 abcdefg\r\n"] {
            try await hangUp(port, after: head + rest)
        }
        try await hangUp(port, after: head + "Content-Length: -5\r\n\r\nabc")
        try await wait(for: "the server's calm") { try await server.client.documents().documents.isEmpty }
        try await Task.sleep(for: .milliseconds(300))
        #expect(try await server.client.documents().documents.isEmpty)
        let blobs = try FileManager.default.subpathsOfDirectory(atPath: "\(data)/blobs")
        #expect(blobs.filter { $0.contains("sources/") || $0.hasPrefix(".incoming/") }.isEmpty)
        #expect(try await server.client.upload(path: try pdf(1), to: "doc-cut").status == "queued")
    }
}
