import ColophonBlobs
import ColophonCore
import ColophonTestSupport
import ColophonUpkeep
import Foundation
import Testing

extension UpkeepBench {
    /// Backs up into a new folder beside the blobs.
    func backup(_ name: String = "backup", over blobs: (any BlobStore)? = nil) async throws -> (folder: String, manifest: BackupManifest) {
        let path = "\(folder.path)/\(name)"
        let backup = Backup(store: store, blobs: blobs ?? self.blobs, folder: BackupFolder(path: path), program: "test")
        return (path, try await backup.run())
    }

    /// Restores a backup here.
    @discardableResult
    func restore(_ path: String) async throws -> Restore.Outcome {
        let restore = Restore(store: store, blobs: blobs, folder: BackupFolder(path: path))
        return try await restore.run(try await restore.check())
    }

    /// An empty ledger to restore into: without even the workspaces that tests begin with.
    static func empty(_ driver: StoreDriver, _ place: BlobDriver = .local) async throws -> UpkeepBench {
        let bench = try await UpkeepBench(driver, place)
        for table in ["workspace_feeds", "workspaces"] { try await bench.sql("DELETE FROM \(table)") }
        return bench
    }
}

/// A backup's rows, by table.
struct BackupRows: Equatable {
    var lines: [LedgerTable: Set<String>] = [:]

    init(_ folder: String) throws {
        for table in LedgerTable.allCases {
            let text = try String(contentsOfFile: "\(folder)/tables/\(table.rawValue).jsonl", encoding: .utf8)
            lines[table] = Set(text.split(separator: "\n").map(String.init))
        }
    }

    /// The rows of a table that these have and others do not.
    func missing(in other: Self, _ table: LedgerTable) -> Set<String> { (lines[table] ?? []).subtracting(other.lines[table] ?? []) }

    /// The runs whose jobs are leased.
    func leasedRuns() throws -> Set<String> {
        try Set(
            (lines[.jobs] ?? []).compactMap { line in
                let row = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
                return row["state"] as? String == "leased" ? row["run_id"] as? String : nil
            })
    }
}
