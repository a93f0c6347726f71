import ColophonProcesses
import ColophonTestSupport
import Foundation
import Testing

/// A twentieth of what `make chaos` does.
@Suite(.serialized, .timeLimit(.minutes(15))) struct ChaosTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Beside other tests, and in a debug build, work takes its time.
    private static let patience = ["--back-within", "60"]

    /// - Returns: What the program printed; nil when it said that this machine does not let it break what it has to.
    private func report(of program: String = Programs.chaos, _ arguments: [String]) async throws -> String? {
        let output = "\(folder.path)/\(UUID().uuidString)"
        let process = try ChildProcess(program, arguments, output: output)
        let usage = await process.wait(timeout: .seconds(840))
        let report = try String(contentsOfFile: output, encoding: .utf8)
        if usage.status >> 8 & 0xFF == 77 {
            print(report)
            return nil
        }
        try #require(usage.status == 0, "\(report)")
        return report
    }

    @Test func `125 kills at random moments lose nothing`() async throws {
        let kills = ["kills", "--kills", "125", "--documents", "50", "--seed", "7", "--data", "\(folder.path)/data"]
        let report = try await report(kills + Self.patience)
        #expect(report?.contains("50 uploads accepted") == true && report?.contains("0 uploads lost") == true)
    }

    @Test func `125 kills over PostgreSQL, of its server too, lose nothing`() async throws {
        let kills = ["kills", "--kills", "125", "--documents", "50", "--seed", "11", "--data", "\(folder.path)/data"]
        let report = try await report(kills + ["--postgres", "--database-kills", "3"] + Self.patience)
        #expect(report?.contains("50 uploads accepted") == true && report?.contains("3 database") == true)
    }

    @Test(arguments: [[], ["--postgres"]])
    func `in 500 cases nothing that a worker tries under a claim that has ended has an effect`(engine: [String]) async throws {
        let report = try await report(["stale", "--cases", "500"] + engine)
        #expect(report?.contains("500 claims that had ended, 3000 writes tried under them, 0 with an effect") == true)
    }

    @Test(arguments: ["sqlite", "postgres"])
    func `of 25 runs that are cancelled while they are read no reader stays`(engine: String) async throws {
        let report = try await report(of: Programs.bench, ["cancel", "--cancels", "25", "--engine", engine])
        #expect(report?.contains("until the reader's process is gone") == true)
    }

    @Test(arguments: ["sqlite", "postgres"])
    func `of 3 workers that are killed the other on the host has the run, long before its lease ends`(engine: String) async throws {
        // The lease is 15 s.
        let report = try await report(of: Programs.bench, ["takeover", "--rounds", "3", "--engine", engine, "--most", "12000"])
        #expect(report?.contains("n = 3") == true)
    }

    @Test func `a disk that is full, and one that fails, lose nothing that was accepted, and work goes on after them`() async throws {
        // A kernel, or a container, may let nobody mount a disk of memory.
        guard let report = try await report(["disk", "--cases", "6"]) else { return }
        #expect(report.contains("0 uploads lost"))
    }

    @Test(
        .enabled(if: SeaweedServer.isWanted, "COLOPHON_TEST_WITHOUT_S3 is 1"),
        .enabled(if: getuid() == 0, "making network namespaces needs root"))
    func `a run whose host loses its network goes on at another host in time, and nothing late has an effect`() async throws {
        // A kernel, or a container, may let nobody make namespaces.
        guard let report = try await report(["hosts", "--rounds", "1", "--pages", "300"]) else { return }
        #expect(report.contains("1 hosts cut off: every run went on elsewhere"))
    }
}
