import ArgumentParser
import ColophonAPI
import ColophonClient
import ColophonProcesses
import ColophonSamples
import Foundation

/// How soon the work on a cancelled run ends, where the API and the worker are two processes and know of each other by the ledger alone.
struct CancelBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "From cancelling a run to the end of the process that reads its document.")

    @Option(help: "sqlite or postgres.") var engine = QueueRig.Engine.sqlite
    @Option(help: "How many runs of a 2,000-page document are cancelled.") var cancels = 100
    @Option(help: "Fail when the p99 of the time until the reader is gone is longer, in milliseconds.") var p99Max: Double?
    @Option(help: "Decides when, 0.1 to 1.1 s after the reading began.") var seed: UInt64 = 1

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
            let worker = try ChildProcess(ColophonBench.program, ["work", "--data", "\(folder)/data", "--slots", "1"] + database)
            defer { worker.send(SIGKILL) }
            let path = "\(folder)/long.pdf"
            try Samples.write(pages: 2000, to: path)
            var moments = SplitMix64(seed: seed)
            var times: [Double] = []
            var answers: [Double] = []
            for _ in 0..<cancels {
                let uploaded = try await server.client.upload(path: path)
                try await wait(for: "a reader") { !worker.readers.isEmpty }
                try await Task.sleep(for: .milliseconds(Int.random(in: 100...1100, using: &moments)))
                guard !worker.readers.isEmpty else { throw StartFailure(log: "The document was read before it could be cancelled.") }
                let start = ContinuousClock.now
                _ = try await server.client.cancel(uploaded.runId, of: uploaded.documentId)
                answers.append(start.duration(to: .now).inMilliseconds)
                try await wait(for: "the reader's end") { worker.readers.isEmpty }
                times.append(start.duration(to: .now).inMilliseconds)
                _ = try await server.client.delete(uploaded.documentId)
            }
            let (gone, answered) = (Spread(times), Spread(answers))
            print("cancel of a run by another process, over \(engine.rawValue), ms:")
            print("  until it is answered, after which nothing of the run has an effect: \(answered), p99 \(answered.quantile(0.99))")
            print("  until the reader's process is gone: \(gone), p99 \(gone.quantile(0.99))")
            if let p99Max, gone.quantile(0.99) > p99Max {
                print("BROKEN the p99 may be \(p99Max) ms at most")
                throw ExitCode(1)
            }
        }
    }
}
