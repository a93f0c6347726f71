import ColophonCore
import Foundation

/// Where a backup lies: `manifest.json`, `tables/NAME.jsonl`, `blobs.jsonl` and `blobs/KEY`.
package struct BackupFolder: Sendable {
    package let path: String

    package init(path: String) { self.path = path }

    var manifestPath: String { "\(path)/manifest.json" }
    var blobListPath: String { "\(path)/blobs.jsonl" }
    func path(of table: LedgerTable) -> String { "\(path)/tables/\(table.rawValue).jsonl" }
    func path(of blob: BlobKey) -> String { "\(path)/blobs/\(blob.rawValue)" }

    /// Makes the folder, for its owner alone.
    ///
    /// - Throws: `conflict` when there is something in it; `unavailable` when it cannot be made.
    func create() throws {
        if FileManager.default.fileExists(atPath: manifestPath) {
            throw ColophonError(.conflict, "\(path) holds a backup already; name another folder.", reason: "NOT_EMPTY")
        }
        let there = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        if there.contains("tables") {
            throw ColophonError(.conflict, "\(path) holds a backup that was cut off; remove it first.", reason: "NOT_EMPTY")
        }
        guard there.isEmpty else { throw ColophonError(.conflict, "\(path) is not empty; name another folder.", reason: "NOT_EMPTY") }
        do {
            for folder in ["\(path)/tables", "\(path)/blobs"] {
                try FileManager.default.createDirectory(
                    atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            }
        } catch {
            throw ColophonError(.unavailable, "The folder \(path) cannot be made.", cause: error)
        }
    }

    /// Bytes that are free for whoever writes here; nil where that cannot be told.
    var freeBytes: Int64? {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return nil }
        return Int64(status.f_bavail) * Int64(status.f_frsize)
    }

    /// Makes the names of all files durable, then the manifest: it is there whole, and last, or not at all.
    func finish(_ manifest: BackupManifest) throws {
        let names = FileManager.default.enumerator(atPath: path)
        while let name = names?.nextObject() as? String {
            if names?.fileAttributes?[.type] as? FileAttributeType == .typeDirectory { try Self.sync(folder: "\(path)/\(name)") }
        }
        let temporary = "\(manifestPath).part"
        let file = try BackupFile(creating: temporary)
        try file.write(try manifest.json())
        try file.sync()
        guard rename(temporary, manifestPath) == 0 else { throw FileError.current("put the manifest into place", on: .backup) }
        try Self.sync(folder: path)
    }

    private static func sync(folder: String) throws {
        let handle = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard handle >= 0 else { throw FileError.current("open \(folder)", on: .backup) }
        defer { close(handle) }
        guard fsync(handle) == 0 else { throw FileError.current("sync \(folder)", on: .backup) }
    }

    /// - Throws: `invalid` with reason `BACKUP_DAMAGED` when there is none, or one that this program cannot read.
    package func manifest() throws -> BackupManifest {
        guard let bytes = FileManager.default.contents(atPath: manifestPath) else {
            throw ColophonError.damagedBackup("\(path) holds no backup, or one that was cut off: it has no manifest.json.")
        }
        do {
            let manifest = try JSONDecoder().decode(BackupManifest.self, from: bytes)
            guard manifest.format == BackupManifest.formatNow else {
                throw ColophonError.damagedBackup(
                    "The backup has format \(manifest.format); this program reads \(BackupManifest.formatNow).")
            }
            return manifest
        } catch let error as DecodingError {
            throw ColophonError.damagedBackup("The backup's manifest.json cannot be understood.", cause: error)
        }
    }
}

extension ColophonError {
    /// A backup from which nothing may be restored.
    static func damagedBackup(_ message: String, cause: (any Error)? = nil) -> Self {
        Self(.invalid, message, reason: "BACKUP_DAMAGED", cause: cause)
    }
}
