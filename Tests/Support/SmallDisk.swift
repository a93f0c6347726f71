import Foundation
import Testing

/// A disk of memory, small enough to be filled.
package enum SmallDisk {
    /// Mounts a disk of memory for the time of `body`.
    package static func with(megabytes: Int, _ body: (String) async throws -> Void) async throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/disk"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        try #require(mount("tmpfs", path, "tmpfs", 0, "size=\(megabytes)m") == 0, "tmpfs could not be mounted")
        defer { umount2(path, Int32(2)) }
        try await body(path)
    }
}
