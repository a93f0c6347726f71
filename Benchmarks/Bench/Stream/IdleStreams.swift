import ArgumentParser
import ColophonStreams
import Foundation

/// The memory of streams on which nothing happens, and what the server does for them meanwhile.
struct IdleStreams: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "idle", abstract: "Memory and processor time of idle streams.")

    @Option(help: "How many streams; default as many as this machine lets one process have.") var streams: Int?
    @Option(help: "How often all come and go.") var cycles = 5
    @Option(help: "How long the idle ones are watched, in seconds.") var watch = 30
    @Flag(help: "Only the peers: nchan and sse-starlette, for comparison.") var peers = false
    @Option(help: "Where the peers are installed.") var repository = FileManager.default.currentDirectoryPath

    func run() async throws {
        let files = Crowd.takeAllFiles()
        let count = streams ?? min(18_000, files - 1000)
        try await Samples.withFolder { folder in
            if peers {
                for start in [PeerTarget.nchan, { try await PeerTarget.starlette(folder: $0, repository: repository) }] {
                    try await measure(try await start(folder), count: count)
                }
            } else {
                try await measure(try await ColophonTarget.start(folder: folder), count: count)
            }
        }
    }

    private func measure(_ target: any StreamTarget, count: Int) async throws {
        try await Task.sleep(for: .seconds(2))
        print("\(target.name), \(count) idle streams:")
        var first: Int64 = 0
        for cycle in 0..<cycles {
            let before = ProcessFigures.memory(target.pids)
            if cycle == 0 { first = before }
            let crowd = try Crowd(port: target.port, request: target.subscription, marker: target.marker)
            let (start, cpu) = (ContinuousClock.now, ProcessFigures.cpu(target.pids))
            try crowd.join(count, from: UInt8(2 + cycle))
            let seconds = start.duration(to: .now).inSeconds
            let joining = ProcessFigures.cpu(target.pids) - cpu
            crowd.pump(within: .seconds(2))
            let open = ProcessFigures.memory(target.pids)
            var line = String(
                format:
                    "  cycle %d: %.1f s to connect (%.0f a second, %.0f µs of the server's processor each), %.1f MB before, %.1f MB open; ",
                cycle + 1, seconds, Double(count) / seconds, joining / Double(count) * 1e6, Double(before) / 1e6, Double(open) / 1e6)
            line += String(
                format: "%.2f KiB a stream over this cycle's start, %.2f over the first's", Double(open - before) / 1024 / Double(count),
                Double(open - first) / 1024 / Double(count))
            print(line)
            if cycle == 0 {
                let busy = ProcessFigures.cpu(target.pids)
                crowd.pump(within: .seconds(watch))
                let share = (ProcessFigures.cpu(target.pids) - busy) / Double(watch)
                print(String(format: "  idle for %d s: %.2f %% of a core, %d connections lost", watch, share * 100, crowd.ended))
            }
            crowd.leave()
            try await Task.sleep(for: .seconds(3))
        }
        print(String(format: "  after all have left: %.1f MB", Double(ProcessFigures.memory(target.pids)) / 1e6))
        await target.stop()
    }
}
