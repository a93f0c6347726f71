import ColophonAPI
import ColophonClient
import ColophonProcesses
import ColophonSamples
import ColophonTestSupport
import Foundation
import Testing

/// The program over a PostgreSQL server that dies.
@Suite(.serialized, .timeLimit(.minutes(5))) struct PostgresProgramTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func run(_ program: String, _ arguments: [String]) async throws -> (status: Int32, output: String) {
        let output = "\(folder.path)/out-\(UUID().uuidString)"
        let process = try ChildProcess(program, arguments, output: output)
        let usage = await process.wait(timeout: .seconds(280))
        return (usage.status, try String(contentsOfFile: output, encoding: .utf8))
    }

    private func refusal(_ body: () async throws -> Void) async -> Problem? {
        do {
            try await body()
            return nil
        } catch ClientError.refused(let problem) { return problem } catch { return nil }
    }

    @Test func `while the database is away requests are told to come back, and everything goes on by itself when it is there again`()
        async throws
    {
        let database = try await PostgresServer.start(settings: ["fsync=off"])
        let environment = ["COLOPHON_DATABASE": database.url]
        let server = try await ColophonServerProcess.start(
            program: Programs.colophon, data: "\(folder.path)/data", environment: environment)
        defer { server.process.send(SIGKILL) }
        let path = "\(folder.path)/sample.pdf"
        try Data(SamplePDF.bytes(pages: 2, seed: 1)).write(to: URL(fileURLWithPath: path))
        let first = try await server.client.upload(path: path)
        #expect(try await server.client.wait(for: first.documentId).status == "complete")

        await database.kill()
        for _ in 0..<3 {
            #expect(await refusal { _ = try await server.client.status(of: first.documentId) }?.status == 503)
            #expect(await refusal { _ = try await server.client.upload(path: path) }?.status == 503)
        }
        try await database.restart()
        let end = ContinuousClock.now + .seconds(60)
        while await refusal({ _ = try await server.client.status(of: first.documentId) }) != nil {
            try #require(ContinuousClock.now < end)
            try await Task.sleep(for: .milliseconds(100))
        }
        let again = try await server.client.reparse(first.documentId)
        #expect(try await server.client.wait(for: again.documentId).status == "complete")
        server.process.send(SIGTERM)
        _ = await server.process.wait(timeout: .seconds(20))
        await database.stop()
    }

    @Test func `20 kills over PostgreSQL, of its server too, lose nothing`() async throws {
        let data = "\(folder.path)/chaos"
        let chaos = try await run(
            Programs.chaos,
            ["kills", "--kills", "20", "--documents", "15", "--seed", "11", "--postgres", "--database-kills", "3", "--data", data])
        #expect(chaos.status == 0, "\(chaos.output)")
        #expect(chaos.output.contains("3 database"))
    }

    @Test(arguments: [[], ["--postgres"]])
    func `in 250 cases nothing that a worker tries under a claim that has ended has an effect`(engine: [String]) async throws {
        let stale = try await run(Programs.chaos, ["stale", "--cases", "250"] + engine)
        #expect(stale.status == 0 && stale.output.contains("250 claims that had ended, 1500 writes tried under them, 0 with an effect"))
    }

    @Test(
        .enabled(if: SeaweedServer.isWanted, "COLOPHON_TEST_WITHOUT_S3 is 1"),
        .enabled(if: getuid() == 0, "making network namespaces needs root"))
    func `a run whose host loses its network goes on at another host in time, and nothing late has an effect`() async throws {
        let hosts = try await run(Programs.chaos, ["hosts", "--rounds", "1", "--pages", "300"])
        // A kernel, or a container, that lets nobody make namespaces.
        if hosts.status >> 8 & 0xFF == 77 { return print(hosts.output) }
        #expect(hosts.status == 0 && hosts.output.contains("1 hosts cut off: every run went on elsewhere"), "\(hosts.output)")
    }
}
