import ColophonAPI
import ColophonClient
import ColophonProcesses
import ColophonSamples
import ColophonTestSupport
import Foundation
import Testing

/// Equal uploads and retention, as somebody at a terminal meets them.
@Suite(.serialized, .timeLimit(.minutes(2))) struct KeepingTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func run(_ arguments: [String], on server: ColophonServerProcess) async throws -> (status: Int32, output: String) {
        let output = "\(folder.path)/out-\(UUID().uuidString)"
        let environment = ["COLOPHON_DATA": "\(folder.path)/data", "COLOPHON_SERVER": server.address]
        let process = try ChildProcess(Programs.colophon, arguments, environment: environment, output: output)
        let usage = await process.wait(timeout: .seconds(60))
        return (usage.status >> 8 & 0xFF, try String(contentsOfFile: output, encoding: .utf8))
    }

    @Test func `the same file twice is one document, until its results have gone`() async throws {
        let server = try await ColophonServerProcess.start(program: Programs.colophon, data: "\(folder.path)/data")
        defer { server.process.send(SIGKILL) }
        let path = "\(folder.path)/sample.pdf"
        try Data(SamplePDF.bytes(pages: 1, seed: 1)).write(to: URL(fileURLWithPath: path))
        let first = try await server.client.upload(path: path)
        _ = try await server.client.wait(for: first.documentId)
        let again = try await run(["upload", path], on: server)
        #expect(again.status == 0 && again.output.contains("were there already"))
        #expect(again.output.contains("\(first.documentId)\t\(first.runId)\tcomplete"))
        let copy = try await run(["upload", path, "--duplicate", "record", "--id", "doc-copy"], on: server)
        #expect(copy.output.hasPrefix("doc-copy\t") && copy.output.hasSuffix("\tcomplete\n"))
        #expect(try await run(["export", "doc-copy"], on: server).output.contains("Chapter 1:"))

        let set = try await run(["retention", "set", "--results", "1s"], on: server)
        #expect(set.status == 0 && set.output == "sources\tnever\nresults\t1s\nafter download\tnever\n")
        try await Task.sleep(for: .milliseconds(1100))
        let counted = try await run(["sweep", "--dry-run"], on: server)
        #expect(counted.output.contains("results\t2\n"))
        #expect(try await run(["sweep"], on: server).output == counted.output)
        let export = try await run(["export", "doc-copy"], on: server)
        #expect(export.status == 2 && export.output.contains("no longer kept"))
        let fresh = try await server.client.upload(path: path)
        #expect(fresh.dedupedFrom == nil && fresh.documentId != first.documentId)
        for words in [
            ["retention", "set", "--sources", "7"], ["retention", "show", "--workspace", "nope"], ["sweep", "--keep-feed", "x"],
        ] {
            #expect(try await run(words, on: server).status == 2)
        }
    }
}
