import Foundation

/// What one sync costs on a disk, to stand beside what is built on it.
enum SyncProbe {
    static func medianMilliseconds(in folder: String, times: Int = 101) throws -> Double {
        let descriptor = open("\(folder)/sync-probe", O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        defer { close(descriptor) }
        let block = [UInt8](repeating: 7, count: 4096)
        var times = try (0..<times).map { _ in
            let start = ContinuousClock.now
            guard write(descriptor, block, block.count) == block.count, fsync(descriptor) == 0 else { throw POSIXError(.EIO) }
            return Double(start.duration(to: .now).components.attoseconds) / 1e15
        }
        times.sort()
        return times[times.count / 2]
    }
}
