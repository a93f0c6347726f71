package import ColophonCore

/// Writes one consistent state of a ledger and its bytes into a folder, while servers and workers go on.
///
/// All rows are of one snapshot. Bytes are copied afterwards: they are stored before their rows and never change, so what a row promises is
/// there, unless it expired since. Then a newer snapshot is taken, which no longer promises it, and what has been copied stays.
package struct Backup: Sendable {
    /// How often a snapshot is taken at most. Each leaves only what was stored since the last one to copy.
    static let snapshotsMax = 5
    /// How many blobs are copied at once.
    static let copiesAtOnce = 4
    /// What must stay free on the backup's disk, in bytes.
    static let spareBytes: Int64 = 16 << 20

    let store: any UpkeepStore
    let blobs: any BlobStore
    let folder: BackupFolder
    let program: String
    let onProgress: @Sendable (BackupProgress) -> Void

    /// - Parameters:
    ///   - program: The version of Colophon, for the manifest.
    ///   - onProgress: Called now and then.
    package init(
        store: any UpkeepStore, blobs: any BlobStore, folder: BackupFolder, program: String,
        onProgress: @escaping @Sendable (BackupProgress) -> Void = { _ in }
    ) {
        self.store = store
        self.blobs = blobs
        self.folder = folder
        self.program = program
        self.onProgress = onProgress
    }

    /// - Returns: What the backup holds. Bytes that were missing or damaged before are in `lost`, and not in the backup.
    /// - Throws: `conflict` when the folder is not empty; `storageFull` when the backup does not fit on its disk; `unavailable` when database
    ///   or blob store are. The folder then holds no manifest, and is no backup.
    package func run() async throws -> BackupManifest {
        try folder.create()
        for _ in 0..<Self.snapshotsMax {
            onProgress(BackupProgress())
            let sink = try BackupSink(folder: folder)
            let moment = try await store.export(to: sink)
            var manifest = try sink.manifest(of: moment, program: program)
            try checkSpace(for: manifest)
            let copied = try await copyBlobs(of: manifest)
            if copied.expired > 0 { continue }
            manifest.lost = copied.lost.sorted { $0.blob < $1.blob }
            manifest.blobs -= copied.lost.count
            manifest.bytes -= copied.lostBytes
            try folder.finish(manifest)
            return manifest
        }
        throw ColophonError(
            .unavailable, "Bytes expired faster than they could be copied; try again when less is being removed.", retryAfterSeconds: 60)
    }

    private func checkSpace(for manifest: BackupManifest) throws {
        guard let free = folder.freeBytes, free < manifest.bytes + Self.spareBytes else { return }
        // What an earlier snapshot had copied already takes its space: only then may less be enough.
        let there = folder.copiedBytes
        guard free + there < manifest.bytes + Self.spareBytes else { return }
        throw ColophonError(
            .storageFull,
            "The disk that holds \(folder.path) has \(free + there) bytes free, and the backup needs \(manifest.bytes + Self.spareBytes).",
            reason: "STORAGE_FULL")
    }
}

/// How far a backup or a restore has come.
package struct BackupProgress: Sendable, Equatable {
    package var blobs = 0
    package var blobsTotal: Int?
    package var bytes: Int64 = 0
    package var bytesTotal: Int64?
}
