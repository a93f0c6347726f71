import ArgumentParser
import ColophonProcesses
import ColophonStreams
import Foundation

/// The end of a server with many streams open, while changes are on their way.
struct StopBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "stop", abstract: "SIGTERM with streams open.")

    @Option(help: "How many streams.") var streams = 5000
    @Option(help: "How often.") var rounds = 5
    @Option(help: "Fail when an end takes longer, in milliseconds.") var most = 5000.0

    func run() async throws {
        _ = Crowd.takeAllFiles()
        var times: [Double] = []
        for round in 0..<rounds {
            try await Samples.withFolder { folder in
                let target = try await ColophonTarget.start(folder: folder)
                defer { target.server.process.send(SIGKILL) }
                let crowd = try Crowd(port: target.port, request: target.subscription, marker: target.marker)
                defer { crowd.leave() }
                try crowd.join(streams, from: UInt8(2 + round))
                let http = PlainHTTP(port: target.port)
                for number in 0..<5 { try target.publish(number, over: http) }
                let start = ContinuousClock.now
                target.server.process.send(SIGTERM)
                crowd.pump(within: .seconds(30)) { $0.ended == streams }
                let status = await target.server.process.wait(timeout: .seconds(20)).status
                times.append(start.duration(to: .now).inMilliseconds)
                guard status == 0, crowd.ended == streams, crowd.cut == 0 else {
                    print("BROKEN the server ended with \(status); \(crowd.ended) streams ended, \(crowd.cut) of them within a frame")
                    throw ExitCode(1)
                }
            }
        }
        let spread = Spread(times)
        print("SIGTERM with \(streams) streams, ms to the program's end: \(spread); no frame was cut")
        if spread.quantile(1) > most { throw ExitCode(1) }
    }
}
