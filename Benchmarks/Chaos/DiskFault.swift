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

    /// How much is free while nothing is wrong: no more than can be taken in a moment.
    private static let slack: off_t = 64 << 20

    /// - Parameter megabytes: What it holds in the end; at first all but a little is taken.
    static func mount(at path: String, megabytes: Int) throws -> SmallDisk {
        guard Foundation.mount("tmpfs", path, "tmpfs", 0, "size=\(megabytes)m,mode=700") == 0 else {
            throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
        }
        let disk = SmallDisk(path: path)
        try disk.fill(leaving: slack)
        return disk
    }

    func unmount() { umount2(path, Int32(2)) }

    /// Leaves up to half a MiB, so that any of the writers may be the first to find no room.
    func begin(choice: UInt64) throws { try fill(leaving: off_t(choice % (512 << 10))) }

    func end() {
        let descriptor = open(ballast, O_WRONLY | O_CLOEXEC)
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, let free = free(descriptor), free < Self.slack else { return }
        ftruncate(descriptor, max(0, status.st_size - (Self.slack - free)))
    }

    private func free(_ descriptor: Int32) -> off_t? {
        var status = statvfs()
        return fstatvfs(descriptor, &status) == 0 ? off_t(status.f_bavail) * off_t(status.f_bsize) : nil
    }

    /// Piece by piece: others write meanwhile.
    private func fill(leaving rest: off_t) throws {
        let descriptor = open(ballast, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw POSIXError(.EIO) }
        var (size, step) = (status.st_size, off_t(16 << 20))
        while step >= 64 << 10 {
            guard let free = free(descriptor) else { throw POSIXError(.EIO) }
            if free - rest >= step, posix_fallocate(descriptor, size, step) == 0 {
                size += step
            } else {
                step /= 2
            }
        }
        guard let free = free(descriptor), free - rest < 16 << 20 else { throw POSIXError(.EOPNOTSUPP) }
    }
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
