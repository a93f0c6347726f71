import ColophonCore

/// Proving a backup by what it says of itself; nothing is changed.
extension BackupFolder {
    /// Reads the manifest, the tables and the list of blobs, and proves them by their hashes.
    ///
    /// - Throws: `invalid` with reason `BACKUP_DAMAGED`.
    func provenTables() throws -> BackupManifest {
        let manifest = try manifest()
        for table in LedgerTable.allCases {
            guard let lines = manifest.tables[table.rawValue] else {
                throw ColophonError.damagedBackup("The backup's manifest names no table \(table.rawValue).")
            }
            try prove(path(of: table), lines)
        }
        try prove(blobListPath, manifest.blobList)
        return manifest
    }

    /// Reads everything, and proves it by its hashes.
    ///
    /// - Throws: `invalid` with reason `BACKUP_DAMAGED`, about the first thing that is not what was backed up.
    package func proven(onProgress: (BackupProgress) -> Void = { _ in }) throws -> BackupManifest {
        let manifest = try provenTables()
        let lost = Set(manifest.lost.map(\.blob))
        let list = try BackupBlobList(path: blobListPath)
        var progress = BackupProgress(blobsTotal: manifest.blobs, bytesTotal: manifest.bytes)
        while true {
            let batch = try list.next(256)
            if batch.isEmpty { return manifest }
            for blob in batch where !lost.contains(blob.key) {
                let key = try key(of: blob)
                let digest = try BackupLines.digest(of: path(of: key))
                guard digest.sha256 == blob.sha256, digest.bytes == blob.bytes else { throw damaged(key) }
                progress.blobs += 1
                progress.bytes += blob.bytes
            }
            onProgress(progress)
        }
    }

    func key(of blob: PromisedBlob) throws -> BlobKey {
        guard let key = BlobKey(listed: blob.key) else { throw ColophonError.damagedBackup("The backup names a blob \(blob.key).") }
        return key
    }

    func damaged(_ key: BlobKey) -> ColophonError {
        ColophonError.damagedBackup("\(path(of: key)) is not what was backed up: its hash is another.")
    }

    private func prove(_ path: String, _ expected: BackupManifest.Lines) throws {
        let digest = try BackupLines.digest(of: path)
        guard digest.sha256 == expected.sha256, digest.bytes == expected.bytes else {
            throw ColophonError.damagedBackup("\(path) is not what was backed up: its hash is another.")
        }
    }
}
