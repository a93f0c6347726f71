import ColophonProcesses
import Foundation

/// Another queue, run by its own program over the same disk or server.
struct Peer {
    var name: String
    var script: String
    var arguments: [String]

    static func pgqueuer(workers: Int, batch: Int) -> Peer {
        Peer(name: "pgqueuer, \(workers) workers of \(batch)", script: "pgqueuer_peer.py", arguments: ["\(workers)", "\(batch)"])
    }

    static func huey(workers: Int) -> Peer {
        Peer(name: "huey at FULL, \(workers) workers", script: "huey_peer.py", arguments: ["\(workers)"])
    }

    /// Another reader of PDFs; `engine` as its package is called.
    static func text(engine: String) -> Peer { Peer(name: engine, script: "text_peer.py", arguments: []) }

    /// - Parameters:
    ///   - words: What comes before the peer's own arguments.
    ///   - repository: Where `Benchmarks/Peers` and `.deps/peers` are.
    /// - Returns: The figures that it prints.
    func run(_ words: [String], repository: String) async throws -> [String: Double] {
        try await Samples.withFolder { folder in
            let python = "\(repository)/.deps/peers/bin/python"
            let process = try ChildProcess(
                python, ["\(repository)/Benchmarks/Peers/\(script)"] + words + arguments, output: "\(folder)/output")
            let status = await process.wait(timeout: .seconds(400)).status
            let output = (try? String(contentsOfFile: "\(folder)/output", encoding: .utf8)) ?? ""
            guard status == 0, let line = output.split(separator: "\n").last else { throw StartFailure(log: "\(name): \(output)") }
            return try JSONDecoder().decode([String: Double].self, from: Data(line.utf8))
        }
    }
}
