package import ColophonCore
import Foundation

/// A worker's sign of life to its siblings on this host: a file that it holds a lock on. The kernel lets the lock go when the process is
/// gone, however it went, and not before: a frozen worker keeps it.
///
/// The file's name carries the kernel's boot id beside the worker's: locks tell nothing about processes of other hosts.
package final class WorkerLock: Sendable {
    static let suffix = ".lock"

    let path: String
    private let descriptor: Int32

    /// Makes the file and locks it.
    ///
    /// - Parameter folder: Made if it is absent.
    /// - Throws: `unavailable` when the file cannot be made.
    package init(_ worker: WorkerID, in folder: String) throws {
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        path = "\(folder)/\(Self.bootID)_\(worker)\(Self.suffix)"
        // Under its own name only once it is locked: a file without a lock is a dead worker's.
        let temporary = "\(folder)/.\(worker)"
        descriptor = open(temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0, rename(temporary, path) == 0 else {
            let cause = POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
            if descriptor >= 0 {
                unlink(temporary)
                close(descriptor)
            }
            throw ColophonError(.unavailable, "The worker cannot make its lock in \(folder).", cause: cause)
        }
    }

    deinit {
        unlink(path)
        close(descriptor)
    }

    /// The running kernel's own name for this boot.
    static let bootID: String = ((try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)) ?? "unknown")
        .trimmingCharacters(in: .whitespacesAndNewlines)

    /// Looks at every lock of this boot, and hands over the workers whose locks nobody holds.
    ///
    /// - Parameter bury: Told of each dead worker; its file is removed when this returns true.
    /// - Throws: A `POSIXError` when the folder or a lock cannot be read, and what `bury` throws.
    static func examine(_ folder: String, bury: (WorkerID) async throws -> Bool) async throws {
        // Without a worker there has never been a folder.
        guard FileManager.default.fileExists(atPath: folder) else { return }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        for name in names where name.hasPrefix("\(bootID)_") && name.hasSuffix(suffix) {
            let descriptor = open("\(folder)/\(name)", O_RDWR | O_CLOEXEC)
            if descriptor < 0 {
                // Its worker has just ended and removed it.
                if errno == ENOENT { continue }
                throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
            }
            defer { close(descriptor) }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { continue }
            let worker = WorkerID(rawValue: String(name.dropFirst(bootID.count + 1).dropLast(suffix.count)))
            if try await bury(worker) { unlink("\(folder)/\(name)") }
        }
    }
}
