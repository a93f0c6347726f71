import ColophonBlobs
import ColophonCore
import ColophonProcesses
import ColophonStore
import Crypto
import Foundation

/// Looks at the data folder when all is quiet: what was accepted must be there, ended, and told once.
struct Audit {
    let store: SQLStore
    let blobs: any BlobStore
    let accepted: [Rampage.Accepted]

    static let scope = WorkspaceScope(workspace: Library.defaultWorkspace, actor: "audit")

    /// - Parameter database: Nil when the ledger is in the data folder, as the bytes are.
    static func findings(data: String, database server: PostgresServer?, accepted: [Rampage.Accepted]) async throws -> [String] {
        let database: any SQLDatabase =
            if let server {
                try await PostgresDatabase.open(PostgresSettings(url: server.url))
            } else { try await SQLiteDatabase.open(path: "\(data)/colophon.sqlite") }
        let audit = Audit(store: SQLStore(database), blobs: try LocalBlobStore(root: "\(data)/blobs"), accepted: accepted)
        let findings = try await audit.findings()
        try await database.close()
        return findings
    }

    func findings() async throws -> [String] {
        let scope = Self.scope
        var findings = try await store.violations(limit: 100).map { "a rule of the ledger: \($0)" }
        var ended: [String: Int] = [:]
        for upload in accepted {
            let id = DocumentID(rawValue: upload.documentID)
            guard let run = try? await store.run(RunID(rawValue: upload.runID), of: id, in: scope) else {
                findings.append("the accepted upload \(upload.documentID) is lost")
                continue
            }
            let source = try await store.document(id, in: scope).version
            if try await sha256(source.blob) != upload.sha256 { findings.append("the bytes of \(id) are not what was accepted") }
            ended[run.failure.map { "\(run.status) as \($0.code.rawValue)" } ?? run.status.rawValue, default: 0] += 1
            // Uploads that were sent again, and documents read again to have somebody to kill, made runs of their own.
            for run in try await store.runs(of: id, limit: 1000, before: nil, in: scope) {
                findings += try await self.findings(about: run, of: id, in: scope)
            }
        }
        print("uploads by their run's end: " + ended.map { "\($0.value) \($0.key)" }.sorted().joined(separator: ", "))
        return findings
    }

    private func findings(about run: Run, of id: DocumentID, in scope: WorkspaceScope) async throws -> [String] {
        var findings: [String] = []
        switch run.status {
        case .complete:
            for kind in ArtifactKind.kept {
                let resolved = try await store.artifact(kind, run: run.id, of: id, in: scope)
                if try await sha256(resolved.artifact.blob) != resolved.artifact.sha256 {
                    findings.append("the \(kind) of run \(run.id) is not what was committed")
                }
            }
        case .failed where run.failure?.code == .lost:
            // Three readers of its version were killed: that is the rule, and it is on record.
            let events = try await store.events(of: id, after: 0, limit: 10_000, in: scope)
            if events.filter({ $0.meta["code"] == "LOST" }).count < RetryPolicy().crashesMax {
                findings.append("run \(run.id) was set aside without three lost readers")
            }
        default:
            findings.append("run \(run.id) of \(id) is \(run.status) \(run.failure?.code.rawValue ?? "")")
        }
        return findings
    }

    private func sha256(_ key: BlobKey) async throws -> String {
        guard let body = try? await blobs.read(key, range: nil) else { return "missing" }
        var hash = SHA256()
        for try await piece in body { hash.update(data: piece) }
        return Hex.encode(hash.finalize())
    }
}
