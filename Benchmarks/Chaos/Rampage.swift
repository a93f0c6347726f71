import ColophonAPI
import ColophonClient
import ColophonCore
import ColophonSamples
import Crypto
import Foundation

/// Uploads and kills at the same time, then waits for every run to end.
struct Rampage: Sendable {
    let cluster: Cluster
    let schedule: KillSchedule
    let documents: Int
    let seed: UInt64

    /// How long runs may take to end once nobody is killed any more.
    static let settleTimeout: Duration = .seconds(180)
    /// After every kill of the database, and after one in so many of the others, it is measured when work is back.
    static let probeEvery = 25

    struct Accepted: Sendable {
        var documentID: String
        var runID: String
        var sha256: String
    }

    struct Report: CustomStringConvertible {
        var accepted: [Accepted]
        /// From kills, and from the database's restart after those of it, to the end of a run that was uploaded then.
        var recoveries: [Duration]
        var killed: [String: Int]
        var uploadRetries: Int
        var seconds: Double

        var description: String {
            let victims = killed.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
            let slowest = (recoveries.max() ?? .zero).inTenths
            let uploads = "\(accepted.count - recoveries.count) uploads accepted after \(uploadRetries) retries"
            return "\(uploads); killed \(victims); \(Int(seconds)) s in all\n"
                + "a document sent right after a kill was done after at most \(slowest) s, of \(recoveries.count)"
        }
    }

    func run() async throws -> Report {
        let start = ContinuousClock.now
        let log = UploadLog()
        let tally = try await withThrowingTaskGroup(of: Tally?.self) { group in
            group.addTask {
                try await uploadAll(log)
                return nil
            }
            group.addTask { try await killAll(log) }
            return try await group.reduce(Tally()) { $1 ?? $0 }
        }
        try await settle(log.accepted)
        let duration = start.duration(to: .now)
        return Report(
            accepted: log.accepted, recoveries: tally.recoveries, killed: tally.killed, uploadRetries: log.retries,
            seconds: Double(duration.components.seconds))
    }

    private struct Tally {
        var killed: [String: Int] = [:]
        var recoveries: [Duration] = []
    }

    private func killAll(_ log: UploadLog) async throws -> Tally {
        var tally = Tally()
        for (index, kill) in schedule.kills.enumerated() {
            try await Task.sleep(for: kill.pause)
            let start = ContinuousClock.now
            var choice = kill.choice
            try await cluster.supervise()
            while try await !cluster.kill(kill) {
                guard start.duration(to: .now) < .seconds(60) else { throw NobodyToKill(victim: kill.victim) }
                // A document that was set aside is not read again, so the next one is asked for.
                choice &+= 1
                try await makeWork(log, choice: choice)
            }
            tally.killed[kill.victim.rawValue, default: 0] += 1
            if kill.victim == .database || index % Self.probeEvery == Self.probeEvery - 1 {
                tally.recoveries.append(try await timeUntilWork(log, number: index))
            }
            log.countKill()
        }
        return tally
    }

    /// Nobody else is killed meanwhile.
    private func timeUntilWork(_ log: UploadLog, number: Int) async throws -> Duration {
        let start = ContinuousClock.now
        let id = "doc-probe-\(number)"
        try await upload(pages: 3, seed: seed &* 1_000_003 &+ UInt64(number), to: id, log)
        while start.duration(to: .now) < Self.settleTimeout {
            if let list = try? await cluster.client.runs(of: id), list.runs.allSatisfy(\.isFinal) { break }
            try await cluster.supervise()
            try await Task.sleep(for: .milliseconds(20))
        }
        return start.duration(to: .now)
    }

    struct NobodyToKill: Error { let victim: KillSchedule.Victim }

    /// The schedule says that a child dies now, and none is at work: has one started over a document that is there already.
    private func makeWork(_ log: UploadLog, choice: UInt64) async throws {
        let accepted = log.accepted
        if !accepted.isEmpty { _ = try? await cluster.client.reparse(accepted[Int(choice % UInt64(accepted.count))].documentID) }
        for _ in 0..<50 where await !cluster.hasChildren { try await Task.sleep(for: .milliseconds(10)) }
    }

    /// Spreads the uploads over the kills; each is sent again until the server has accepted it.
    private func uploadAll(_ log: UploadLog) async throws {
        var generator = SplitMix64(seed: seed &+ 1)
        for index in 0..<documents {
            while log.kills * documents < index * schedule.kills.count { try await Task.sleep(for: .milliseconds(10)) }
            try await upload(
                pages: 5 + Int(generator.next() % 100), seed: seed &* 1000 &+ UInt64(index), to: "doc-chaos-\(index)", log)
        }
    }

    /// Sends a document until the server has accepted it.
    private func upload(pages: Int, seed: UInt64, to id: String, _ log: UploadLog) async throws {
        let path = "\(cluster.data)-upload-\(id).pdf"
        let bytes = SamplePDF.bytes(pages: pages, seed: seed)
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        // Of what is sent, not of what the server says that it got.
        let sha256 = Hex.encode(SHA256.hash(data: bytes))
        defer { unlink(path) }
        let start = ContinuousClock.now
        while true {
            do throws(ClientError) {
                let status = try await cluster.client.upload(path: path, to: id)
                return log.add(Accepted(documentID: status.documentId, runID: status.runId, sha256: sha256))
            } catch {
                if case .refused(let problem) = error, problem.status < 500 { throw error }
                guard start.duration(to: .now) < .seconds(60) else { throw error }
                log.countRetry()
                // Nobody else looks after it between the kills, or after the last of them.
                try await cluster.supervise()
                try await Task.sleep(for: .milliseconds(50))
            }
        }
    }

    /// Waits until every run of every document is final, whoever made it; what is not by then is for the audit to find.
    private func settle(_ uploads: [Accepted]) async throws {
        let end = ContinuousClock.now + Self.settleTimeout
        for upload in uploads {
            while ContinuousClock.now < end {
                try await cluster.supervise()
                if let list = try? await cluster.client.runs(of: upload.documentID, limit: 200), list.runs.allSatisfy(\.isFinal) { break }
                try await Task.sleep(for: .milliseconds(50))
            }
        }
    }
}
