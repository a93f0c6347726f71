import ColophonAPI
import ColophonClient
import ColophonProcesses
import Foundation

/// A server of its own that is given hostile documents, and what became of them.
final class HostileServer {
    /// What became of one document.
    struct Outcome: Sendable {
        var name: String
        /// `complete`, or the code of its failure.
        var end: String
        /// From the upload to the end.
        var seconds: Double
    }

    private let server: ColophonServerProcess
    private var outcomes: [Outcome] = []

    init(folder: String) async throws {
        server = try await ColophonServerProcess.start(program: ColophonBench.program, data: "\(folder)/data", arguments: ["--slots", "2"])
    }

    var client: ColophonClient { server.client }

    /// Has documents read, a few at a time.
    ///
    /// - Parameter make: Writes the file of a number, and tells its path and what it is called in the report.
    func read(_ numbers: Range<Int>, atOnce: Int = 4, make: @escaping @Sendable (Int) throws -> (path: String, name: String)) async throws {
        try await withThrowingTaskGroup(of: Outcome.self) { group in
            var rest = numbers.makeIterator()
            func next() {
                guard let number = rest.next() else { return }
                group.addTask { [client] in
                    let (path, name) = try make(number)
                    defer { unlink(path) }
                    let start = ContinuousClock.now
                    let id = try await client.upload(path: path).documentId
                    let status = try await client.wait(for: id, timeout: .seconds(900))
                    return Outcome(
                        name: name, end: status.status == "complete" ? "complete" : status.error?.code ?? status.status,
                        seconds: start.duration(to: .now).inSeconds)
                }
            }
            for _ in 0..<atOnce { next() }
            while let outcome = try await group.next() {
                outcomes.append(outcome)
                next()
            }
        }
    }

    /// Prints what became of all, and ends the server.
    ///
    /// - Parameter mayBeLost: Whether readers may be ended by their limits.
    /// - Throws: When a reader was lost that may not be, a document took longer than it may, or the server has ended by itself.
    func report(eachOne: Bool, secondsMax: Double, mayBeLost: Bool) async throws {
        let hasEnded = server.process.hasEnded()
        let peak = server.process.memory("VmHWM") ?? 0
        server.process.send(SIGTERM)
        let usage = await server.process.wait(timeout: .seconds(20))
        let ends = Dictionary(grouping: outcomes, by: \.end).mapValues(\.count).sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        print("\(outcomes.count) documents: " + ends.map { "\($0.value) \($0.key)" }.joined(separator: ", "))
        print("  seconds from upload to end: \(Spread(outcomes.map(\.seconds)))")
        print("  peak MB: server \(peak >> 20), largest process of all \(usage.peakBytes >> 20)")
        for outcome in outcomes where eachOne || outcome.end == "LOST" || outcome.seconds > secondsMax {
            print("  \(outcome.name): \(outcome.end) after \(String(format: "%.2f", outcome.seconds)) s")
        }
        let isBad = hasEnded || usage.status != 0 || outcomes.contains { $0.end == "LOST" && !mayBeLost || $0.seconds > secondsMax }
        if isBad { throw StartFailure(log: hasEnded ? "The server has ended." : "A reader was lost, or took too long.") }
    }
}
