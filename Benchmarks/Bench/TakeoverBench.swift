import ArgumentParser
import ColophonAPI
import ColophonClient
import ColophonProcesses
import Foundation

/// How soon another worker on the same host has the run of one that was killed.
struct TakeoverBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "takeover", abstract: "From a worker's death to its run being processed again.")

    @Option(help: "sqlite or postgres.") var engine = QueueRig.Engine.sqlite
    @Option(help: "How many workers are killed.") var rounds = 50
    @Option(help: "Fail when one takes longer, in milliseconds.") var most: Double?

    func run() async throws {
        try await QueueRig.withServer(engine) { server in
            try await measure(database: server.map { ["--database", $0.url] } ?? [])
        }
    }

    private func measure(database: [String]) async throws {
        try await Samples.withFolder { folder in
            let server = try await ColophonServerProcess.start(
                program: ColophonBench.program, data: "\(folder)/data", arguments: ["--no-worker"] + database)
            defer { server.process.send(SIGKILL) }
            let path = "\(folder)/long.pdf"
            try Samples.write(pages: 2000, to: path)
            var times: [Double] = []
            func startWorker() throws -> ChildProcess {
                try ChildProcess(ColophonBench.program, ["work", "--data", "\(folder)/data", "--slots", "1"] + database)
            }
            var workers = try [startWorker(), startWorker()]
            defer { for worker in workers { worker.send(SIGKILL) } }
            for _ in 0..<rounds {
                let uploaded = try await server.client.upload(path: path)
                try await wait(for: "a reader") { !workers.allSatisfy(\.readers.isEmpty) }
                guard let index = workers.firstIndex(where: { !$0.readers.isEmpty }) else { continue }
                try await Task.sleep(for: .milliseconds(100))
                workers[index].send(SIGKILL)
                let start = ContinuousClock.now
                let other = workers[1 - index]
                try await wait(for: "another worker's reader") { !other.readers.isEmpty }
                times.append(start.duration(to: .now).inMilliseconds)
                _ = await workers[index].wait(timeout: .seconds(10))
                workers[index] = try startWorker()
                _ = try await server.client.cancel(uploaded.runId, of: uploaded.documentId)
                try await wait(for: "the reader's end") { workers.allSatisfy(\.readers.isEmpty) }
            }
            let spread = Spread(times)
            print("takeover of a killed worker's run on one host, over \(engine.rawValue), lease of 15 s, ms: \(spread)")
            if let most, let slowest = times.max(), slowest > most {
                print("BROKEN the slowest may take \(most) ms")
                throw ExitCode(1)
            }
        }
    }
}
