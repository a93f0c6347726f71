import ColophonAPI
import ColophonClient
import ColophonCore
import ColophonProcesses
import ColophonSamples
import ColophonStore
import Crypto
import Foundation

/// One host is cut off in the middle of a run, and comes back when the run has ended without it.
struct HostsRound {
    let hosts: TwoHosts
    let index: Int
    let pages: Int

    struct Outcome: CustomStringConvertible {
        var host: String
        var lease: Duration
        /// From the cut to another host's claim.
        var takeover: Duration
        /// From the cut to the end of the reader on the host that was cut off.
        var surrender: Duration
        /// From joining the host again to its next run.
        var back: Duration
        var findings: [String] = []

        var description: String {
            "\(host) cut off: its reader ended after \(surrender.inTenths) s, its run went on elsewhere after \(takeover.inTenths) s "
                + "(lease \(lease.inTenths) s); joined again it worked after \(back.inTenths) s"
        }
    }

    /// What the ledger says of who has a run.
    private struct Holding: Equatable {
        var status: String
        var epoch: Int64
        var worker: String?
    }

    func play(pause: Duration) async throws -> Outcome {
        var (run, claim, worker) = try await startedRun()
        try await Task.sleep(for: pause)
        while try await holding(of: claim).status != "processing" {
            (run, claim, worker) = try await startedRun()
        }
        try await hosts.network.cut(worker.host)
        let cut = ContinuousClock.now
        var surrender: Duration?
        let taken = try await wait("another host's claim", for: hosts.lease + .seconds(30)) {
            if surrender == nil && worker.process.readers.isEmpty { surrender = cut.duration(to: .now) }
            let holding = try await holding(of: claim)
            return holding.epoch > claim.epoch && holding.status != "queued"
        }
        let takeover = cut.duration(to: taken)
        var outcome = Outcome(
            host: worker.host.name, lease: hosts.lease, takeover: takeover, surrender: surrender ?? takeover, back: .zero)
        if surrender == nil { outcome.findings.append("\(worker.host.name) still read the document when it was another's") }
        if takeover > hosts.lease + .seconds(2) { outcome.findings.append("the run went on only after \(takeover.inTenths) s") }
        _ = try await wait("the run's end", for: .seconds(120)) { try await holding(of: claim).status == "complete" }
        let winner = try await holding(of: claim)
        let history = try await history(of: run)
        try await hosts.network.join(worker.host)
        outcome.back = try await timeUntilWork(worker)
        // Besides what the host itself had under way when it lost its network: everything else that it could say of its claim.
        for verb in StaleVerb.all { try await verb.play(hosts.store, claim) }
        if try await self.history(of: run) != history { outcome.findings.append("the run's history went on after its end") }
        if try await holding(of: claim) != winner { outcome.findings.append("the run changed after its end") }
        outcome.findings += try await resultFindings(run, claim, winner: winner, history: history)
        return outcome
    }

    /// Uploads a long document and waits until a host reads it.
    private func startedRun() async throws -> (Rampage.Accepted, RunClaim, TwoHosts.Worker) {
        let upload = try await upload(pages: pages)
        let claim = { (epoch: Int64) in RunClaim(workspace: Library.defaultWorkspace, run: RunID(rawValue: upload.runID), epoch: epoch) }
        var worker: TwoHosts.Worker?
        _ = try await wait("a reader", for: .seconds(60)) {
            worker = hosts.workers.first { !$0.process.readers.isEmpty }
            let holding = try await holding(of: claim(0))
            return worker != nil && holding.status == "processing"
        }
        guard let worker else { throw POSIXError(.ESRCH) }
        return (upload, claim(try await holding(of: claim(0)).epoch), worker)
    }

    /// Uploads small documents until the host reads one, and waits until all are done.
    private func timeUntilWork(_ worker: TwoHosts.Worker) async throws -> Duration {
        let start = ContinuousClock.now
        var uploads: [Rampage.Accepted] = []
        let end = try await wait("\(worker.host.name) to work again", for: .seconds(60)) {
            // More than the other host can read meanwhile.
            if uploads.count < 100 { uploads.append(try await upload(pages: max(1, pages / 20))) }
            try await Task.sleep(for: .milliseconds(40))
            return !worker.process.readers.isEmpty
        }
        for upload in uploads { _ = try await hosts.api.client.wait(for: upload.documentID) }
        return start.duration(to: end)
    }

    private func resultFindings(
        _ upload: Rampage.Accepted, _ late: RunClaim, winner: Holding, history: [DocumentEvent]
    ) async throws -> [String] {
        var findings: [String] = []
        let ends = history.filter { $0.type == .complete }
        if ends.count != 1 { findings.append("\(upload.documentID) has \(ends.count) completions") }
        let readers = history.filter { $0.type == .processing }.map(\.actor)
        if readers.count != 2 || Set(readers).count != 2 { findings.append("\(upload.documentID) was read by \(readers)") }
        for kind in ArtifactKind.kept {
            let artifact = try await hosts.store.artifact(
                kind, run: late.run, of: DocumentID(rawValue: upload.documentID), in: Audit.scope)
            let expected = BlobKey.result(kind, of: RunClaim(workspace: late.workspace, run: late.run, epoch: winner.epoch))
            if artifact.artifact.blob != expected { findings.append("the \(kind) of \(upload.documentID) is not the second worker's") }
        }
        return findings
    }

    private func history(of upload: Rampage.Accepted) async throws -> [DocumentEvent] {
        try await hosts.store.events(of: DocumentID(rawValue: upload.documentID), after: 0, limit: 1000, in: Audit.scope)
    }

    private func upload(pages: Int) async throws -> Rampage.Accepted {
        let number = hosts.uploads.accepted.count
        let path = "\(hosts.folder)/upload-\(number).pdf"
        let bytes = SamplePDF.bytes(pages: pages, seed: UInt64(number + 1))
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        defer { unlink(path) }
        let status = try await hosts.api.client.upload(path: path, to: "doc-hosts-\(number)")
        let accepted = Rampage.Accepted(
            documentID: status.documentId, runID: status.runId, sha256: Hex.encode(SHA256.hash(data: bytes)))
        hosts.uploads.add(accepted)
        return accepted
    }

    private func holding(of claim: RunClaim) async throws -> Holding {
        let rows = try await hosts.database.read {
            try $0.rows(
                "SELECT status, CAST(epoch AS text) AS epoch, leased_by FROM runs WHERE workspace_id = ? AND id = ?",
                [.text(claim.workspace.rawValue), .text(claim.run.rawValue)])
        }
        let texts = rows.first?.texts ?? [:]
        return Holding(status: texts["status"] ?? "", epoch: texts["epoch"].flatMap { Int64($0) } ?? 0, worker: texts["leased_by"])
    }

    private func wait(
        _ what: String, for timeout: Duration, until isThere: () async throws -> Bool
    ) async throws -> ContinuousClock.Instant {
        let end = ContinuousClock.now + timeout
        while try await !isThere() {
            guard ContinuousClock.now < end else { throw StartFailure(log: "\(what) did not come within \(timeout)") }
            try await Task.sleep(for: .milliseconds(10))
        }
        return .now
    }
}

extension Duration {
    /// In seconds, with a tenth.
    var inTenths: String { String(format: "%.1f", Double(components.seconds) + Double(components.attoseconds) / 1e18) }
}
