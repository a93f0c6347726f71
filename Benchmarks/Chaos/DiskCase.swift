import ColophonAPI
import ColophonClient
import ColophonCore
import ColophonSamples
import Crypto
import Foundation

/// One fault of the disk while documents come in and are read, and the time until a new one goes all its way again.
struct DiskCase {
    let cluster: Cluster
    let fault: any DiskFault
    let index: Int
    let log: UploadLog

    /// How many clients send documents, one after the other, from before the fault to its end.
    private static let writers = 3
    private static let probe = "probe"
    /// How long all may take to be at work again; then an operator restarts what is there, and it may take as long once more.
    private static let recoveryMax: Duration = .seconds(10)

    struct Outcome: CustomStringConvertible {
        var index: Int
        var fault: String
        /// From the end of the fault, or from the restart, to the end of a run that was uploaded after it.
        var recovery: Duration
        /// Processes that ended by themselves.
        var ended: Int
        /// Uploads that were refused.
        var refused = 0
        var wasRestarted = false
        var findings: [String] = []

        var description: String {
            "case \(index), \(fault): \(refused) uploads refused; at work again after \(recovery.inTenths) s"
                + (ended > 0 ? ", \(ended) processes had ended" : "") + (wasRestarted ? ", after a restart by hand" : "")
        }
    }

    func play(using generator: inout SplitMix64) async throws -> Outcome {
        let seeds = (0..<Self.writers).map { _ in generator.next() }
        let (pause, length, choice) = (50 + generator.next() % 400, 200 + generator.next() % 1000, generator.next())
        let (refused, end) = (log.retries, ContinuousClock.now + .milliseconds(pause + length))
        return try await withThrowingTaskGroup(of: Void.self) { group in
            for (writer, seed) in seeds.enumerated() { group.addTask { try await uploadMany(writer, seed: seed, until: end) } }
            try await Task.sleep(for: .milliseconds(pause))
            try fault.begin(choice: choice)
            defer { fault.end() }
            var ended = 0
            while ContinuousClock.now < end {
                ended += try await cluster.supervise()
                try await Task.sleep(for: .milliseconds(50))
            }
            fault.end()
            var outcome = Outcome(index: index, fault: fault.name, recovery: .zero, ended: ended, refused: log.retries - refused)
            group.addTask { try await upload(Self.probe, pages: 10, seed: choice) }
            try await recover(&outcome)
            try await group.waitForAll()
            return outcome
        }
    }

    private func uploadMany(_ writer: Int, seed: UInt64, until end: ContinuousClock.Instant) async throws {
        var generator = SplitMix64(seed: seed)
        try await withThrowingTaskGroup(of: Void.self) { group in
            var number = 0
            while ContinuousClock.now < end {
                let name = "\(writer)-\(number)"
                let (pages, seed) = (1 + Int(generator.next() % 30), generator.next())
                try await upload(name, pages: pages, seed: seed)
                group.addTask { try await waitForRuns(of: name) }
                number += 1
                try await Task.sleep(for: .milliseconds(Int(generator.next() % 100)))
            }
            try await group.waitForAll()
        }
    }

    private func recover(_ outcome: inout Outcome) async throws {
        var start = ContinuousClock.now
        while true {
            outcome.ended += try await cluster.supervise()
            if let id = log.accepted.first(where: { $0.documentID == id(Self.probe) })?.documentID,
                let list = try? await cluster.client.runs(of: id), list.runs.allSatisfy(\.isFinal)
            {
                outcome.recovery = start.duration(to: .now)
                return
            }
            if start.duration(to: .now) > Self.recoveryMax {
                guard !outcome.wasRestarted else {
                    outcome.findings.append("case \(index), \(fault.name): no work for 10 s, and for 10 s after a restart")
                    return
                }
                // A disk that is well again must not need anybody.
                outcome.findings.append("case \(index), \(fault.name): no work for 10 s after the disk was well again")
                try await cluster.restartAll()
                outcome.wasRestarted = true
                start = .now
            }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    private func id(_ name: String) -> String { "doc-disk-\(index)-\(name)" }

    /// Sends a document until it is accepted.
    private func upload(_ name: String, pages: Int, seed: UInt64) async throws {
        let path = "\(cluster.data)-upload-\(name).pdf"
        let bytes = SamplePDF.bytes(pages: pages, seed: seed)
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        defer { unlink(path) }
        let end = ContinuousClock.now + .seconds(60)
        while true {
            do throws(ClientError) {
                let status = try await cluster.client.upload(path: path, to: id(name))
                let hash = Hex.encode(SHA256.hash(data: bytes))
                return log.add(Rampage.Accepted(documentID: status.documentId, runID: status.runId, sha256: hash))
            } catch {
                if case .refused(let problem) = error, problem.status < 500 { throw error }
                guard ContinuousClock.now < end else { throw error }
                log.countRetry()
                try await Task.sleep(for: .milliseconds(20))
            }
        }
    }

    /// One that does not end is for the audit to find.
    private func waitForRuns(of name: String) async throws {
        let end = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < end {
            if let list = try? await cluster.client.runs(of: id(name)), list.runs.allSatisfy(\.isFinal) { return }
            try await Task.sleep(for: .milliseconds(100))
        }
    }
}
