import ColophonAPI
import ColophonClient
import ColophonProcesses
import ColophonSamples
import ColophonTestSupport
import Foundation
import Testing

/// What an operator types: checking, backing up, moving to another engine, and asking why a run does not move.
@Suite(.serialized, .timeLimit(.minutes(5))) struct UpkeepProgramTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private var data: String { "\(folder.path)/data" }

    private func run(_ arguments: [String]) async throws -> (status: Int32, output: String) {
        let output = "\(folder.path)/out-\(UUID().uuidString)"
        let process = try ChildProcess(Programs.colophon, arguments, environment: [:], output: output)
        let usage = await process.wait(timeout: .seconds(60))
        let status = usage.status & 0x7F == 0 ? usage.status >> 8 & 0xFF : -(usage.status & 0x7F)
        return (status, try String(contentsOfFile: output, encoding: .utf8))
    }

    private func pdf() throws -> String {
        let path = "\(folder.path)/sample.pdf"
        try Data(SamplePDF.bytes(pages: 2, seed: 1)).write(to: URL(fileURLWithPath: path))
        return path
    }

    @Test func `a backup of a working server moves to PostgreSQL, serves there, and moves back`() async throws {
        let server = try await ColophonServerProcess.start(program: Programs.colophon, data: data)
        defer { server.process.send(SIGKILL) }
        let uploaded = try await server.client.upload(path: try pdf(), to: "doc-moved")
        _ = try await server.client.wait(for: "doc-moved")
        let before = try await server.client.run(uploaded.runId, of: "doc-moved")
        #expect(before.attempts.map(\.outcome) == ["complete"])
        let (there, back) = ("\(folder.path)/there", "\(folder.path)/back")
        #expect(try await run(["backup", there, "--data", data]).status == 0)
        #expect(try await run(["backup", there, "--data", data]).status == 2)
        #expect(try await run(["restore", there, "--verify"]).status == 0)

        let moved = ["--data", "\(folder.path)/moved", "--database", try await PostgresServer.shared().emptySchema()]
        let restored = try await run(["restore", there] + moved)
        #expect(restored.status == 0 && restored.output.contains("all is well"), "\(restored.output)")
        #expect(try await run(["restore", there] + moved).status == 2)
        try FileManager.default.copyItem(atPath: "\(data)/local.key", toPath: "\(folder.path)/moved/local.key")
        let next = try await ColophonServerProcess.start(
            program: Programs.colophon, data: "\(folder.path)/moved", arguments: Array(moved.dropFirst(2)))
        defer { next.process.send(SIGKILL) }
        #expect(try await next.client.run(uploaded.runId, of: "doc-moved").run == before.run)
        _ = try await next.client.reparse("doc-moved")
        #expect(try await next.client.wait(for: "doc-moved").status == "complete")

        #expect(try await run(["backup", back] + moved).status == 0)
        let home = ["--data", "\(folder.path)/home"]
        #expect(try await run(["restore", back] + home).status == 0)
        #expect(try await run(["fsck"] + home).status == 0)
    }

    @Test func `a check names what is left and says so by its status`() async throws {
        let server = try await ColophonServerProcess.start(program: Programs.colophon, data: data)
        defer { server.process.send(SIGKILL) }
        _ = try await server.client.upload(path: try pdf(), to: "doc-a")
        _ = try await server.client.wait(for: "doc-a")
        #expect(try await run(["fsck", "--data", "\(folder.path)/nowhere"]).status == 2)
        #expect(try await run(["sweep", "--data", "\(folder.path)/nowhere"]).status == 2)
        #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/nowhere"))
        let clean = try await run(["fsck", "--data", data])
        #expect(clean.status == 0 && clean.output.contains("all is well"))
        let blobs = try FileManager.default.subpathsOfDirectory(atPath: "\(data)/blobs")
        let markdown = try #require(blobs.first { $0.hasSuffix("document.md") })
        try FileManager.default.removeItem(atPath: "\(data)/blobs/\(markdown)")
        let found = try await run(["fsck", "--data", data, "--quick"])
        #expect(found.status == 4 && found.output.contains("blob_missing") && found.output.contains("colophon runs reparse doc-a"))
        let json = try await run(["fsck", "--data", data, "--json"])
        let report = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
        #expect(
            json.status == 4 && report["left"] as? Int == 1
                && (report["findings"] as? [[String: Any]])?.first?["outcome"] as? String == "left")

        // The backup holds the rest, and says what it lacks.
        let lacking = try await run(["backup", "\(folder.path)/lacking", "--data", data])
        #expect(lacking.status == 4 && lacking.output.contains("blob_missing"))
    }

    @Test func `a folder in which a restore was cut off is opened by nobody`() async throws {
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
        try folder.write("", to: "data/restore.unfinished")
        let serve = try await run(["serve", "--data", data, "--port", "0"])
        #expect(serve.status == 2 && serve.output.contains("was cut off"))
        #expect(!FileManager.default.fileExists(atPath: "\(data)/colophon.sqlite"))
    }

    @Test func `a run that waits says for whom`() async throws {
        let server = try await ColophonServerProcess.start(program: Programs.colophon, data: data, arguments: ["--no-worker"])
        defer { server.process.send(SIGKILL) }
        let uploaded = try await server.client.upload(path: try pdf(), to: "doc-waits")
        let options = ["--server", server.address, "--data", data]
        let shown = try await run(["runs", "show", "doc-waits"] + options)
        #expect(shown.status == 0 && shown.output.contains("position 1") && shown.output.contains(uploaded.runId))
        let report = try JSONDecoder().decode(
            RunReport.self, from: Data(try await run(["runs", "show", "doc-waits", uploaded.runId, "--json"] + options).output.utf8))
        #expect(report.queue?.position == 1 && report.run.runId == uploaded.runId)
        #expect(try await run(["doctor", "--data", data]).output.contains("document doc-waits"))
    }
}
