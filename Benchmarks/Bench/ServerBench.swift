import ArgumentParser
import ColophonAPI
import ColophonClient
import ColophonProcesses
import Foundation

/// The server as a client meets it: start, upload to result, memory.
struct ServerBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "server", abstract: "The server: start, latency, memory.")

    @Option(help: "How many one-page documents, one after the other.") var documents = 200
    @Option(help: "The size of the large upload, in MiB.") var megabytes = 1024

    func run() async throws {
        try await Samples.withFolder { folder in
            let limit = (Int64(megabytes) + 1) << 20
            let server = try await ColophonServerProcess.start(
                program: ColophonBench.program, data: "\(folder)/data", arguments: ["--max-upload-bytes", "\(limit)"])
            defer { server.process.send(SIGKILL) }
            print("server: ready \(server.startUp.inMilliseconds) ms after its start")
            try await Task.sleep(for: .seconds(2))
            print("  idle memory, MB: \(Self.megabytes(server.process.memory("VmRSS")))")
            try await latency(server, folder)
            try await memory(server, folder)
        }
    }

    private func latency(_ server: ColophonServerProcess, _ folder: String) async throws {
        var times: [Double] = []
        for index in 0..<documents {
            let path = "\(folder)/one.pdf"
            try Samples.write(pages: 1, seed: UInt64(index), to: path)
            let start = ContinuousClock.now
            let id = try await server.client.upload(path: path).documentId
            while try await server.client.status(of: id).status != "complete" { try await Task.sleep(for: .milliseconds(1)) }
            try await server.client.export(id, format: "md") { _ in }
            times.append(start.duration(to: .now).inMilliseconds)
        }
        let spread = Spread(times)
        print("  upload to exported Markdown of one page, ms: p50 \(spread.median) p99 \(spread.quantile(0.99)), \(documents) documents")
    }

    private func memory(_ server: ColophonServerProcess, _ folder: String) async throws {
        let path = "\(folder)/large.bin"
        try Data().write(to: URL(fileURLWithPath: path))
        guard truncate(path, off_t(megabytes) << 20) == 0 else { throw POSIXError(.EIO) }
        var peaks: [Int64] = []
        for _ in 0..<2 {
            let uploaded = try await server.client.upload(path: path, process: false)
            peaks.append(server.process.memory("VmHWM") ?? 0)
            _ = try await server.client.delete(uploaded.documentId)
        }
        print(
            "  peak MB after a first upload of \(megabytes) MiB: \(Self.megabytes(peaks[0])); a second one adds KiB: \((peaks[1] - peaks[0]) / 1024)"
        )
    }

    private static func megabytes(_ bytes: Int64?) -> String { String(format: "%.1f", Double(bytes ?? 0) / 1e6) }
}
