import ColophonClient
import ColophonProcesses
import ColophonTestSupport
import Foundation
import Testing

/// Keys as an operator sees them.
@Suite(.timeLimit(.minutes(2))) struct KeyProgramTests {
    @Test func `a key that was used is listed with the time of its last use`() async throws {
        let folder = try TemporaryFolder()
        let data = "\(folder.path)/data"
        let server = try await ColophonServerProcess.start(program: Programs.colophon, data: data)
        defer { server.process.send(SIGKILL) }
        #expect(try await lastUse(in: data, folder) == "never")
        _ = try await server.client.workspace("default").documents(limit: 1)
        // What was noted is stored when the server ends, if not before.
        server.process.send(SIGTERM)
        #expect(await server.process.wait(timeout: .seconds(20)).status == 0)
        let time = try await lastUse(in: data, folder)
        #expect(time.hasSuffix("Z") && time.hasPrefix("20"), "\(time)")
    }

    /// The ninth column of the only key.
    private func lastUse(in data: String, _ folder: TemporaryFolder) async throws -> String {
        let output = "\(folder.path)/keys-\(UUID().uuidString)"
        let process = try ChildProcess(Programs.colophon, ["key", "list", "--data", data], output: output)
        #expect(await process.wait(timeout: .seconds(30)).status == 0)
        let columns = try String(contentsOfFile: output, encoding: .utf8).trimmingCharacters(in: .newlines).components(separatedBy: "\t")
        return try #require(columns.count >= 9 ? columns[8] : nil, "\(columns)")
    }
}
