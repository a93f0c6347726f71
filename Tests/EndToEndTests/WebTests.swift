import ColophonProcesses
import ColophonTestSupport
import Foundation
import Testing

/// The page's scripts: their rules alone, and all of it in a real browser.
@Suite(.serialized, .timeLimit(.minutes(10))) struct WebTests {
    private let folder: TemporaryFolder
    private static let scripts = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../Web")
        .standardizedFileURL.path

    init() throws { folder = try TemporaryFolder() }

    /// Runs a program to its end; what it printed is part of a failure.
    private func run(_ program: String, _ arguments: [String], timeout: Duration) async throws {
        let output = "\(folder.path)/output"
        let process = try ChildProcess("/usr/bin/env", [program] + arguments, environment: ["PYTHONDONTWRITEBYTECODE": "1"], output: output)
        let usage = await process.wait(timeout: timeout)
        let text = (try? String(contentsOfFile: output, encoding: .utf8)) ?? ""
        print(text)
        #expect(usage.status == 0, "\(text.suffix(4000))")
    }

    @Test func `the rules of the page's scripts hold`() async throws {
        let tests = try FileManager.default.contentsOfDirectory(atPath: Self.scripts).filter { $0.hasSuffix(".test.mjs") }.sorted()
        #expect(tests.count > 5)
        try await run("node", ["--test"] + tests.map { "\(Self.scripts)/\($0)" }, timeout: .seconds(120))
    }

    @Test func `the page does in a browser what it says`() async throws {
        // Ended by a signal that it can hear, so that it takes its server and its browsers with it.
        let script = ["--foreground", "-k", "40", "420", "python3", "\(Self.scripts)/browser_test.py", Programs.colophon, folder.path]
        try await run("timeout", script, timeout: .seconds(480))
    }
}
