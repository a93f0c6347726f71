import ArgumentParser
import ColophonStreams
import Foundation
import Synchronization

/// One event to many subscribers, by turns with other servers of event streams.
struct FanOutBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fan-out", abstract: "How soon and how dearly one change reaches all subscribers, beside nchan and sse-starlette.")

    @Option(help: "How many subscribers, separated by commas.") var subscribers = "1000,5000"
    @Option(help: "How many rounds; in each every server has its turn.") var rounds = 5
    @Option(help: "How many single events in a turn.") var paced = 20
    @Option(help: "How many events back to back in a turn.") var burst = 200
    @Option(help: "Where the peers are installed.") var repository = FileManager.default.currentDirectoryPath
    @Flag(help: "Without peers.") var alone = false

    private struct Figures {
        var first: [Double] = []
        var last: [Double] = []
        var rate: [Double] = []
        var serverCPU: [Double] = []
        var clientCPU: [Double] = []
        var publish: [Double] = []
    }

    func run() async throws {
        _ = Crowd.takeAllFiles()
        try await Samples.withFolder { folder in
            let ours = try await ColophonTarget.start(folder: folder, documents: 200)
            var targets: [any StreamTarget] = [ours]
            if !alone {
                targets.append(try await PeerTarget.nchan(folder: folder))
                targets.append(try await PeerTarget.starlette(folder: folder, repository: repository))
            }
            for count in subscribers.split(separator: ",").compactMap({ Int($0) }) {
                var figures = [Figures](repeating: Figures(), count: targets.count)
                var batches: [(rate: Double, last: Double, cpu: Double)] = []
                for round in 0..<rounds {
                    for (index, target) in targets.enumerated() {
                        try turn(target, count: count, source: UInt8(2 + (round * targets.count + index) % 200), into: &figures[index])
                    }
                    batches.append(try batch(ours, count: count))
                }
                report(count, targets: targets, figures)
                print("  200 changes of one commit to \(count): ms to the last byte \(Spread(batches.map(\.last))),")
                print("    deliveries/s \(Spread(batches.map(\.rate))), server's processor µs a delivery \(Spread(batches.map(\.cpu)))")
            }
            for target in targets { await target.stop() }
        }
    }

    private func turn(_ target: any StreamTarget, count: Int, source: UInt8, into figures: inout Figures) throws {
        let crowd = try Crowd(port: target.port, request: target.subscription, marker: target.marker)
        defer { crowd.leave() }
        try crowd.join(count, from: source)
        crowd.pump(within: .milliseconds(500))
        let publisher = Publisher(target)
        let pids = target.pids
        for number in 0..<paced {
            let before = crowd.deliveries
            let start = ContinuousClock.now
            publisher.publish(number..<(number + 1))
            guard crowd.pump(within: .seconds(30), until: { $0.deliveries > before }) else { throw Self.missing(crowd, target) }
            let first = start.duration(to: .now)
            guard crowd.pump(within: .seconds(30), until: { $0.deliveries == before + count }) else { throw Self.missing(crowd, target) }
            figures.first.append(first.inMilliseconds)
            figures.last.append(start.duration(to: .now).inMilliseconds)
            try publisher.wait()
        }
        let (before, start) = (crowd.deliveries, ContinuousClock.now)
        let (serverCPU, clientCPU) = (ProcessFigures.cpu(pids), ProcessFigures.own)
        publisher.publish(1000..<(1000 + burst))
        let all = count * burst
        guard crowd.pump(within: .seconds(120), until: { $0.deliveries == before + all }) else { throw Self.missing(crowd, target) }
        let seconds = start.duration(to: .now).inSeconds
        figures.rate.append(Double(all) / seconds)
        figures.serverCPU.append((ProcessFigures.cpu(pids) - serverCPU) / Double(all) * 1e6)
        figures.clientCPU.append((ProcessFigures.own - clientCPU) / Double(all) * 1e6)
        figures.publish.append(Double(burst) / (try publisher.wait()).inSeconds)
    }

    /// 200 changes that one transaction makes, which only Colophon has.
    private func batch(_ target: ColophonTarget, count: Int) throws -> (rate: Double, last: Double, cpu: Double) {
        let crowd = try Crowd(port: target.port, request: target.subscription, marker: target.marker)
        defer { crowd.leave() }
        try crowd.join(count, from: 250)
        crowd.pump(within: .milliseconds(300))
        let http = PlainHTTP(port: target.port)
        let (start, cpu, before) = (ContinuousClock.now, ProcessFigures.cpu(target.pids), crowd.deliveries)
        try target.publishAll(Int.random(in: 1...1_000_000), over: http)
        let all = count * 200
        guard crowd.pump(within: .seconds(60), until: { $0.deliveries == before + all }) else { throw Self.missing(crowd, target) }
        let seconds = start.duration(to: .now).inSeconds
        return (Double(all) / seconds, seconds * 1000, (ProcessFigures.cpu(target.pids) - cpu) / Double(all) * 1e6)
    }

    private static func missing(_ crowd: Crowd, _ target: any StreamTarget) -> WireFault {
        WireFault("\(target.name): \(crowd.deliveries) deliveries, \(crowd.ended) of \(crowd.answered) connections ended", at: [])
    }

    private func report(_ count: Int, targets: [any StreamTarget], _ figures: [Figures]) {
        print("fan-out to \(count) subscribers, \(rounds) rounds by turns, \(paced) single events and \(burst) back to back in each:")
        for (target, figures) in zip(targets, figures) {
            let last = Spread(figures.last)
            print("  \(target.name)")
            print("    ms from sending the change to the first byte: \(Spread(figures.first))")
            print("    ms to the last subscriber's: \(last), p99 \(String(format: "%.4g", last.quantile(0.99)))")
            print("    back to back, deliveries/s: \(Spread(figures.rate)); events published/s: \(Spread(figures.publish))")
            print("    server's processor, µs a delivery: \(Spread(figures.serverCPU)); client's: \(Spread(figures.clientCPU))")
        }
        for index in figures.indices.dropFirst() {
            let ratios = zip(figures[0].serverCPU, figures[index].serverCPU).map { $0 / $1 }
            let times = zip(figures[0].last, figures[index].last).map { $0 / $1 }
            print("  colophon over \(targets[index].name): processor a delivery \(Spread(ratios)), time to the last \(Spread(times))")
        }
    }
}

/// Publishes on a thread of its own, so that the crowd can read meanwhile.
private final class Publisher: Sendable {
    private let target: any StreamTarget
    private let outcome = Mutex<Result<Duration, any Error>?>(nil)
    private let busy = DispatchGroup()

    init(_ target: any StreamTarget) { self.target = target }

    func publish(_ numbers: Range<Int>) {
        busy.enter()
        let thread = Thread { [self] in
            let http = PlainHTTP(port: target.port)
            let start = ContinuousClock.now
            let result = Result {
                for number in numbers { try target.publish(number, over: http) }
                return start.duration(to: .now)
            }
            outcome.withLock { $0 = result }
            busy.leave()
        }
        thread.start()
    }

    /// - Returns: How long it took.
    @discardableResult
    func wait() throws -> Duration {
        busy.wait()
        return try outcome.withLock { try $0?.get() ?? .zero }
    }
}
