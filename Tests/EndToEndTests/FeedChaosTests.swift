import ColophonProcesses
import ColophonTestSupport
import Foundation
import Testing

/// A fiftieth of what `make chaos` does to the feed.
@Suite(.serialized, .timeLimit(.minutes(10))) struct FeedChaosTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func run(_ arguments: [String]) async throws -> (status: Int32, report: String) {
        let output = "\(folder.path)/\(UUID().uuidString)"
        let process = try ChildProcess(Programs.chaos, ["feed"] + arguments, output: output)
        let status = await process.wait(timeout: .seconds(500)).status
        return (status, try String(contentsOfFile: output, encoding: .utf8))
    }

    @Test func `20,000 changes by 32 writers reach 64 readers in order and once, over cut connections and a killed server`() async throws {
        let (status, report) = try await run([
            "--postgres", "--unsynced", "--changes", "20000", "--kills", "3", "--settle", "240", "--seed", "3",
        ])
        #expect(status == 0 && report.contains("0 lost, 0 doubled, 0 out of order, 0 that were never committed"), "\(report)")
    }

    @Test func `the same holds over SQLite`() async throws {
        let (status, report) = try await run(["--changes", "20000", "--processes", "2", "--kills", "2", "--settle", "240", "--seed", "5"])
        #expect(status == 0 && report.contains("0 lost, 0 doubled, 0 out of order, 0 that were never committed"), "\(report)")
    }

    @Test func `with numbers from a sequence instead of the counter readers lose changes, and the run says so`() async throws {
        let words = ["--postgres", "--unsynced", "--changes", "3000", "--kills", "0", "--settle", "2", "--numbering", "serial"]
        let (status, report) = try await run(words)
        let lost = try #require(report.firstMatch(of: /(\d+) lost/)).1
        #expect(status >> 8 == 1 && (Int(lost) ?? 0) > 0, "\(report)")
    }
}
