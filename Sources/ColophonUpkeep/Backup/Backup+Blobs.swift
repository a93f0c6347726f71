import ColophonCore
import Foundation

extension Backup {
    /// What came of copying all blobs of a snapshot.
    struct Copied {
        /// Blobs that are gone because their rows expired after the snapshot.
        var expired = 0
        var lost: [BackupManifest.Lost] = []
        var lostBytes: Int64 = 0
    }

    private enum Copy: Sendable {
        case done, expired
        case lost(BackupManifest.Lost)
    }

    /// The most damage that a backup is made with.
    static let lostMax = 10_000

    /// Copies the blobs of a snapshot that are not there from an earlier one.
    func copyBlobs(of manifest: BackupManifest) async throws -> Copied {
        let list = try BackupBlobList(path: folder.blobListPath)
        var copied = Copied()
        var progress = BackupProgress(blobsTotal: manifest.blobs, bytesTotal: manifest.bytes)
        while true {
            let batch = try list.next(256)
            if batch.isEmpty { return copied }
            try await withThrowingTaskGroup(of: (PromisedBlob, Copy).self) { group in
                var waiting = batch[...]
                for blob in waiting.prefix(Self.copiesAtOnce) { group.addTask { (blob, try await copy(blob)) } }
                waiting = waiting.dropFirst(Self.copiesAtOnce)
                while let (blob, outcome) = try await group.next() {
                    progress.blobs += 1
                    progress.bytes += blob.bytes
                    switch outcome {
                    case .done: break
                    case .expired: copied.expired += 1
                    case .lost(let lost):
                        copied.lost.append(lost)
                        copied.lostBytes += blob.bytes
                    }
                    if let next = waiting.popFirst() { group.addTask { (next, try await copy(next)) } }
                }
            }
            guard copied.lost.count <= Self.lostMax else {
                throw ColophonError(.unavailable, "More than \(Self.lostMax) blobs are missing or damaged; run colophon fsck first.")
            }
            onProgress(progress)
        }
    }

    private func copy(_ blob: PromisedBlob) async throws -> Copy {
        // Nothing is written here but what this backup has proven, save for what it was writing when it failed, and then it ended.
        if let key = BlobKey(listed: blob.key), folder.size(of: key) == blob.bytes { return .done }
        guard try await attempt(blob) != nil else { return .done }
        if try await store.promised(among: [blob.key]).isEmpty { return .expired }
        guard let fault = try await attempt(blob) else { return .done }
        let (kind, how) = fault.words
        return .lost(
            BackupManifest.Lost(
                blob: blob.key, workspace: blob.workspace.rawValue, document: blob.document.rawValue, run: blob.run?.rawValue,
                code: kind.rawValue, message: how))
    }

    /// Copies bytes while they are proven; what is not what the row says is not kept.
    private func attempt(_ blob: PromisedBlob) async throws -> BlobProof.Fault? {
        guard let key = BlobKey(listed: blob.key) else { return .damaged("its key cannot be one") }
        let path = folder.path(of: key)
        let file = try await HeavyWork.threads.run { try folder.newFile(for: key) }
        do {
            let fault = try await BlobProof(blobs: blobs).fault(of: blob) { piece in
                try await HeavyWork.threads.run { try file.write(piece) }
            }
            if fault != nil { unlink(path) } else { try await HeavyWork.threads.run { try file.sync() } }
            return fault
        } catch {
            unlink(path)
            throw error
        }
    }
}

extension BackupFolder {
    /// How many bytes the backup holds of a blob; nil when it has none.
    func size(of key: BlobKey) -> Int64? {
        var status = stat()
        guard lstat(path(of: key), &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int64(status.st_size)
    }

    /// All bytes of blobs that are there.
    ///
    /// - Complexity: Looks at every file.
    var copiedBytes: Int64 {
        let files = FileManager.default.enumerator(atPath: "\(path)/blobs")
        var bytes: Int64 = 0
        while let name = files?.nextObject() as? String {
            if let key = BlobKey(listed: name) { bytes += size(of: key) ?? 0 }
        }
        return bytes
    }

    fileprivate func newFile(for key: BlobKey) throws -> BackupFile {
        let path = path(of: key)
        do {
            try FileManager.default.createDirectory(
                atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        } catch {
            throw ColophonError(.unavailable, "A folder of the backup cannot be made; is its disk full?", cause: error)
        }
        return try BackupFile(creating: path)
    }
}
