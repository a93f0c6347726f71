package import ColophonCore

/// Brings a backup into a database and a blob store that are empty, whatever engine it came from.
///
/// Every file and every blob is proven by its hash before it counts: bytes first, then rows, and last the runs that somebody was processing,
/// which wait again. Positions in the change feed stay valid unless they are not to.
package struct Restore: Sendable {
    /// How many blobs are copied at once.
    static let copiesAtOnce = 4
    /// How many runs are taken back in one transaction.
    static let leasesPerTransaction = 100

    let store: any UpkeepStore
    let blobs: any BlobStore
    let folder: BackupFolder
    let restartsFeeds: Bool
    let onProgress: @Sendable (BackupProgress) -> Void

    /// - Parameter restartsFeeds: Whether clients of the change feed must list again: those that had read further than the backup reaches
    ///   would otherwise skip changes once the restored feed has grown past them.
    package init(
        store: any UpkeepStore, blobs: any BlobStore, folder: BackupFolder, restartsFeeds: Bool = false,
        onProgress: @escaping @Sendable (BackupProgress) -> Void = { _ in }
    ) {
        self.store = store
        self.blobs = blobs
        self.folder = folder
        self.restartsFeeds = restartsFeeds
        self.onProgress = onProgress
    }

    package struct Outcome: Sendable, Equatable {
        package var manifest: BackupManifest
        /// How many runs were being processed, and wait again.
        package var requeued: Int
    }

    /// Looks whether the backup's tables are what was backed up, and whether there is room for them; changes nothing.
    ///
    /// - Throws: `invalid` with reason `BACKUP_DAMAGED`; `conflict` with reason `NOT_EMPTY`, or with reason `OTHER_SCHEMA` when another
    ///   version of Colophon wrote it.
    package func check() async throws -> BackupManifest {
        let manifest = try folder.provenTables()
        guard manifest.schema == store.schema else {
            throw ColophonError(
                .conflict,
                "Colophon \(manifest.program) wrote this backup with schema \(manifest.schema), this one has \(store.schema): restore it with "
                    + "that version, and let this one open the result.", reason: "OTHER_SCHEMA")
        }
        guard try await store.isEmpty() else {
            throw ColophonError(.conflict, "The database holds rows already; restore into an empty one.", reason: "NOT_EMPTY")
        }
        try await blobs.list(writtenBefore: Timestamp(milliseconds: .max), batch: 1) { keys in
            guard keys.isEmpty else {
                throw ColophonError(.conflict, "There are stored bytes already; restore where there are none.", reason: "NOT_EMPTY")
            }
        }
        return manifest
    }

    /// - Parameter manifest: As `check` gave it.
    /// - Throws: `invalid` with reason `BACKUP_DAMAGED` when a blob is not what was backed up; `storageFull`. What has been restored until
    ///   then is of no use, and should be removed.
    package func run(_ manifest: BackupManifest) async throws -> Outcome {
        try await copyBlobs(of: manifest)
        for table in LedgerTable.allCases {
            let lines = try BackupLines(path: folder.path(of: table))
            while true {
                let batch = try lines.next(LedgerTable.rowsMax)
                if batch.isEmpty { break }
                try await store.add(batch, to: table)
            }
        }
        if restartsFeeds { _ = try await store.restartFeeds() }
        var requeued = 0
        while true {
            let taken = try await store.takeBackLeases(limit: Self.leasesPerTransaction, actor: "restore")
            if taken == 0 { return Outcome(manifest: manifest, requeued: requeued) }
            requeued += taken
        }
    }

    private func copyBlobs(of manifest: BackupManifest) async throws {
        let list = try BackupBlobList(path: folder.blobListPath)
        let lost = Set(manifest.lost.map(\.blob))
        var progress = BackupProgress(blobsTotal: manifest.blobs, bytesTotal: manifest.bytes)
        while true {
            let batch = try list.next(256)
            if batch.isEmpty { return }
            try await withThrowingTaskGroup(of: PromisedBlob.self) { group in
                var waiting = batch.filter { !lost.contains($0.key) }[...]
                for blob in waiting.prefix(Self.copiesAtOnce) { group.addTask { try await restored(blob) } }
                waiting = waiting.dropFirst(Self.copiesAtOnce)
                while let blob = try await group.next() {
                    progress.blobs += 1
                    progress.bytes += blob.bytes
                    if let next = waiting.popFirst() { group.addTask { try await restored(next) } }
                }
            }
            onProgress(progress)
        }
    }

    private func restored(_ blob: PromisedBlob) async throws -> PromisedBlob {
        let key = try folder.key(of: blob)
        let pieces = FilePieces(file: try BackupLines(path: folder.path(of: key)))
        let receipt: BlobReceipt
        do {
            receipt = try await blobs.put(key, bytesMax: blob.bytes, body: pieces)
        } catch let error as ColophonError where error.code == .tooLarge {
            throw folder.damaged(key)
        }
        if receipt.bytes == blob.bytes && receipt.sha256 == blob.sha256 { return blob }
        try await blobs.delete(key)
        throw folder.damaged(key)
    }
}

/// A file of the backup as a body; each piece is read when it is asked for.
private struct FilePieces: AsyncSequence, Sendable {
    let file: BackupLines

    func makeAsyncIterator() -> Iterator { Iterator(file: file) }

    struct Iterator: AsyncIteratorProtocol {
        let file: BackupLines
        mutating func next() async throws -> ArraySlice<UInt8>? {
            let file = file
            return try await HeavyWork.threads.run { try file.piece() }?[...]
        }
    }
}
