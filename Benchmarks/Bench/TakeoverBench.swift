import ArgumentParser
import ColophonAPI
import ColophonClient
import ColophonProcesses
import Foundation

/// How soon another worker on the same host has the run of one that was killed.
struct TakeoverBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "takeover", abstract: "From a worker's death to its run being processed again.")

    @Option(help: "How many workers are killed.") var rounds = 50

    func run() async throws {
        try await Samples.withFolder { folder in
            let server = try await ColophonServerProcess.start(
                program: ColophonBench.program, data: "\(folder)/data", arguments: ["--no-worker"])
            defer { server.process.send(SIGKILL) }
            let path = "\(folder)/long.pdf"
            try Samples.write(pages: 2000, to: path)
            var times: [Double] = []
            var workers = try [startWorker(folder), startWorker(folder)]
            for _ in 0..<rounds {
                let uploaded = try await server.client.upload(path: path)
                while workers.allSatisfy(\.children.isEmpty) { try await Task.sleep(for: .milliseconds(2)) }
                guard let index = workers.firstIndex(where: { !$0.children.isEmpty }) else { continue }
                try await Task.sleep(for: .milliseconds(100))
                workers[index].send(SIGKILL)
                let start = ContinuousClock.now
                let other = workers[1 - index]
                while other.children.isEmpty { try await Task.sleep(for: .milliseconds(2)) }
                times.append(start.duration(to: .now).inMilliseconds)
                _ = await workers[index].wait(timeout: .seconds(10))
                workers[index] = try startWorker(folder)
                _ = try await server.client.cancel(uploaded.runId, of: uploaded.documentId)
                while !workers.allSatisfy(\.children.isEmpty) { try await Task.sleep(for: .milliseconds(5)) }
            }
            for worker in workers { worker.send(SIGKILL) }
            let spread = Spread(times)
            print("takeover of a killed worker's run on one host, lease of 15 s, ms: \(spread), p99 \(spread.quantile(0.99))")
        }
    }

    private func startWorker(_ folder: String) throws -> ChildProcess {
        try ChildProcess(ColophonBench.program, ["work", "--data", "\(folder)/data", "--slots", "1"])
    }
}
