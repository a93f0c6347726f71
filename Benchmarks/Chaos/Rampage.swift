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

    struct Accepted: Sendable {
        var documentID: String
        var runID: String
        var sha256: String
    }

    struct Report: CustomStringConvertible {
        var accepted: [Accepted]
        var killed: [String: Int]
        var uploadRetries: Int
        var seconds: Double

        var description: String {
            let victims = killed.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
            return "\(accepted.count) uploads accepted after \(uploadRetries) retries; killed \(victims); \(Int(seconds)) s in all"
        }
    }

    func run() async throws -> Report {
        let start = ContinuousClock.now
        let log = UploadLog()
        let killed = try await withThrowingTaskGroup(of: [String: Int].self) { group in
            group.addTask {
                try await uploadAll(log)
                return [:]
            }
            group.addTask { try await killAll(log) }
            return try await group.reduce(into: [:]) { $0.merge($1) { $0 + $1 } }
        }
        try await settle(log.accepted)
        let duration = start.duration(to: .now)
        return Report(
            accepted: log.accepted, killed: killed, uploadRetries: log.retries, seconds: Double(duration.components.seconds))
    }

    private func killAll(_ log: UploadLog) async throws -> [String: Int] {
        var killed: [String: Int] = [:]
        for kill in schedule.kills {
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
            killed[kill.victim.rawValue, default: 0] += 1
            log.countKill()
        }
        return killed
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
            let path = "\(cluster.data)-upload-\(index).pdf"
            let bytes = SamplePDF.bytes(pages: 5 + Int(generator.next() % 100), seed: seed &* 1000 &+ UInt64(index))
            try Data(bytes).write(to: URL(fileURLWithPath: path))
            // Of what is sent, not of what the server says that it got.
            let sha256 = Hex.encode(SHA256.hash(data: bytes))
            defer { unlink(path) }
            let start = ContinuousClock.now
            while true {
                do throws(ClientError) {
                    let status = try await cluster.client.upload(path: path, to: "doc-chaos-\(index)")
                    log.add(Accepted(documentID: status.documentId, runID: status.runId, sha256: sha256))
                    break
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
