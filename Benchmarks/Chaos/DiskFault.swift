import ColophonProcesses
import Foundation

/// Something that is wrong with the disk for a while.
protocol DiskFault: Sendable {
    var name: String { get }

    /// - Parameter choice: Decides how bad it is.
    func begin(choice: UInt64) throws
    func end()
}

/// A disk of memory that can be filled.
struct SmallDisk: DiskFault {
    static let name = "full"
    var name: String { Self.name }
    private let path: String
    private var ballast: String { "\(path)/ballast" }

    static func mount(at path: String, megabytes: Int) throws -> SmallDisk {
        guard Foundation.mount("tmpfs", path, "tmpfs", 0, "size=\(megabytes)m,mode=700") == 0 else {
            throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
        }
        return SmallDisk(path: path)
    }

    func unmount() { umount2(path, Int32(2)) }

    /// Leaves up to half a MiB, so that any of the writers may be the first to find no room.
    func begin(choice: UInt64) throws {
        let descriptor = open(ballast, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        defer { close(descriptor) }
        let rest = off_t(choice % (512 << 10))
        // Piece by piece: others write meanwhile, and on a large disk one attempt at all of it takes longer than they need to spoil it.
        var (size, step) = (off_t(0), off_t(16 << 20))
        while step >= 64 << 10 {
            var status = statvfs()
            guard fstatvfs(descriptor, &status) == 0 else { throw POSIXError(.EIO) }
            if off_t(status.f_bavail) * off_t(status.f_bsize) - rest >= step, posix_fallocate(descriptor, size, step) == 0 {
                size += step
            } else {
                step /= 2
            }
        }
    }

    func end() { unlink(ballast) }
}

/// A disk that answers one in four writes and syncs with EIO: a library before the programs says so in the kernel's place.
struct FailingDisk: DiskFault {
    static let name = "failing"
    var name: String { Self.name }
    /// For the programs that shall see the disk fail.
    let environment: [String: String]
    private let control: String

    /// - Returns: Nil without a C compiler.
    static func make(in folder: String, data: String) async throws -> FailingDisk? {
        let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Shim/failing-disk.c").path
        let library = "\(folder)/failing-disk.so"
        let compile = "$(command -v cc || command -v clang || command -v gcc) -shared -fPIC -O1 -o '\(library)' '\(source)' -ldl"
        guard (try? await Apart.shell(compile)) != nil else { return nil }
        let control = "\(folder)/failing"
        let environment = [
            "LD_PRELOAD": library, "COLOPHON_FAULT": control,
            "COLOPHON_FAULT_FOLDER": URL(fileURLWithPath: data).resolvingSymlinksInPath().path,
        ]
        return FailingDisk(environment: environment, control: control)
    }

    func begin(choice: UInt64) throws { try Data().write(to: URL(fileURLWithPath: control)) }
    func end() { unlink(control) }
}
