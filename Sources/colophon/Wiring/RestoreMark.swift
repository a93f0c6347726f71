import ColophonCore
import Foundation

/// A file that says that a restore into a data folder has begun and not ended: what lies there is no whole state, and nobody should serve it.
struct RestoreMark {
    private let path: String
    private let folder: String

    init(_ data: DataFolder) {
        folder = data.path
        path = "\(data.path)/restore.unfinished"
    }

    /// - Throws: `conflict` when a restore into the folder was cut off.
    func check() throws {
        guard FileManager.default.fileExists(atPath: path) else { return }
        throw ColophonError(
            .conflict,
            "A restore into \(folder) is under way or was cut off: remove the folder, and what it put into another database or bucket, and "
                + "restore again.")
    }

    func put() throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw ColophonError(.unavailable, "Nothing can be written to \(folder).") }
        fsync(descriptor)
        close(descriptor)
    }

    func remove() { unlink(path) }
}
