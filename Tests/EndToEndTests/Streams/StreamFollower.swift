import ColophonProcesses
import Foundation

/// A client that somebody else wrote, in a process of its own, and what it has seen.
struct StreamFollower: Sendable {
    struct Event: Hashable, Sendable, CustomStringConvertible {
        var id: String
        var event: String
        var data: String

        var description: String { "\(id) \(event) \(data)" }
    }

    let name: String
    let process: ChildProcess
    private let output: String

    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../..")
        .standardizedFileURL.path

    private init(_ name: String, _ words: [String], folder: String) throws {
        self.name = name
        output = "\(folder)/\(name.replacingOccurrences(of: " ", with: "-"))"
        // What it says beside events goes to a file of its own: a line must be an event.
        let script = #"exec "$@" 2>"$0.errors""#
        process = try ChildProcess("/bin/sh", ["-c", script, output] + words, output: output)
    }

    static let libraries = ["httpx-sse", "sseclient-py", "requests-sse", "aiohttp-sse-client", "curl"]

    /// One of `libraries`.
    static func library(
        _ name: String, _ route: String, url: String, headers: [String], options: [String] = [], folder: String
    ) throws -> StreamFollower {
        let words = ["\(root)/.deps/test-venv/bin/python", "\(root)/scripts/stream-clients/clients.py", name, url]
        return try StreamFollower("\(name) \(route)", words + headers.flatMap { ["--header", $0] } + options, folder: folder)
    }

    static func chromium(_ route: String, origin: String, stream: String, cookie: String, folder: String) throws -> StreamFollower {
        let words = ["/usr/bin/python3", "\(root)/scripts/stream-clients/chromium.py", "\(origin)/livez", stream, "--cookie", cookie]
        return try StreamFollower("chromium \(route)", words, folder: folder)
    }

    /// What came so far. A `keepalive` has no id: some clients name the last one they saw, others none.
    var events: [Event] {
        let text = (try? String(contentsOfFile: output, encoding: .utf8)) ?? ""
        return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map { line in
            let parts = (try? JSONDecoder().decode([String].self, from: Data(line.utf8))) ?? ["", "no event", String(line)]
            return Event(id: parts[1] == "keepalive" ? "" : parts[0], event: parts[1], data: parts[2])
        }
    }

    var complaints: String { (try? String(contentsOfFile: output + ".errors", encoding: .utf8)) ?? "" }

    /// Asks it to end, and waits until it has.
    func stop() async {
        process.send(SIGTERM)
        _ = await process.wait(timeout: .seconds(10))
    }
}
