import ColophonCore
import ColophonStore

/// Looks at rows and bytes when a story is over.
struct Inquest {
    let world: World
    let clients: Clients

    func examine() throws {
        // A story that was ended by a finding has no good end to look at.
        guard world.findings.isEmpty else { return }
        checkRules()
        try checkUploads()
        try checkBlobs()
    }

    func checkRules() {
        do {
            for violation in try world.look({ try await $0.violations(limit: 10) }) { world.find("a rule of the ledger: \(violation)") }
        } catch {
            world.find("the ledger's rules cannot be checked: \(error)")
        }
    }

    /// How many runs ended how.
    func ended() throws -> [String: Int] {
        try rows("SELECT status FROM runs").reduce(into: [:]) { $0[$1["status"] ?? "", default: 0] += 1 }
    }

    private func checkUploads() throws {
        let runs = Set(try rows("SELECT id FROM runs").compactMap { $0["id"] })
        let sources = Set(try rows("SELECT sha256 FROM file_versions").compactMap { $0["sha256"] })
        for upload in clients.accepted {
            if !runs.contains(upload.run.rawValue) { world.find("the accepted upload to \(upload.document) is lost") }
            if !sources.contains(upload.sha256) { world.find("the accepted bytes of \(upload.document) are lost") }
        }
        for row in try rows("SELECT id, status FROM runs WHERE status IN ('queued', 'processing')") {
            world.find("run \(row["id"] ?? "") is still \(row["status"] ?? "")")
        }
    }

    private func checkBlobs() throws {
        let referenced = try referencedBlobs()
        for key in world.shelf.keys(writtenBefore: .max) where referenced[key.rawValue] == nil {
            world.find("no row refers to the bytes of \(key), and they were not swept")
        }
        for (key, sha256) in referenced.sorted(by: { $0.key < $1.key }) {
            guard let blob = world.shelf[BlobKey(rawValue: key)] else {
                world.find("the bytes of \(key) are gone")
                continue
            }
            if BlobShelf.sha256(blob.bytes) != sha256 { world.find("the bytes of \(key) are not those that were committed") }
        }
    }

    private func referencedBlobs() throws -> [String: String] {
        let all = try rows("SELECT blob_key, sha256 FROM file_versions") + rows("SELECT blob_key, sha256 FROM artifacts")
        return Dictionary(all.map { ($0["blob_key"] ?? "", $0["sha256"] ?? "") }, uniquingKeysWith: { first, _ in first })
    }

    private func rows(_ sql: String) throws -> [[String: String]] {
        try world.database.read { connection in try connection.rows(sql, []).map(\.texts) }
    }
}
