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
}
