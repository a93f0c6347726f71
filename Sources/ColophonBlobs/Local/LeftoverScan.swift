import ColophonCore
import Foundation

/// Walks over old blobs, a batch at a time.
///
/// One task uses it, one call after the other.
final class LeftoverScan: @unchecked Sendable {
    private let root: String
    private let before: Timestamp
    private let files: FileManager.DirectoryEnumerator?

    init(root: String, before: Timestamp) {
        self.root = root
        self.before = before
        files = FileManager.default.enumerator(atPath: root)
    }

    /// Removes half-written files that are as old.
    func sweep(incoming: String) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: incoming) where isOld("\(incoming)/\(name)") {
            unlink("\(incoming)/\(name)")
        }
    }

    /// Up to `limit` more keys; none at the end.
    func next(_ limit: Int) -> [BlobKey] {
        var found: [BlobKey] = []
        while found.count < limit, let name = files?.nextObject() as? String {
            if name == ".incoming" { files?.skipDescendants() }
            guard !name.hasPrefix("."), let key = BlobKey(listed: name), isOld("\(root)/\(name)") else { continue }
            found.append(key)
        }
        return found
    }

    /// Whether it is a file last written before the moment.
    private func isOld(_ path: String) -> Bool {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return false }
        return Int64(status.st_mtim.tv_sec) * 1000 + Int64(status.st_mtim.tv_nsec) / 1_000_000 < before.milliseconds
    }
}
