import ColophonCore
import Foundation

/// A blob on its way in: a temporary file that appears under its key whole, or not at all.
///
/// One task uses it, one call after the other.
final class IncomingFile: @unchecked Sendable {
    private let path: String
    private var descriptor: Int32

    /// Makes an empty file under a new name.
    init(in folder: String) throws {
        path = "\(folder)/\(UUIDv7.make())"
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileError.current("begin an upload") }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    func write(_ bytes: ArraySlice<UInt8>) throws {
        try bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                let written = Foundation.write(descriptor, rest.baseAddress, rest.count)
                if written < 0 && errno == EINTR { continue }
                guard written > 0 else { throw FileError.current("store bytes") }
                rest = rest.dropFirst(written)
            }
        }
    }

    /// Makes the bytes durable, then visible at `target`, then the name durable.
    func publish(at target: String, below root: String) throws {
        guard fsync(descriptor) == 0 else { throw FileError.current("sync a blob") }
        close(descriptor)
        descriptor = -1
        let folder = String(target[..<(target.lastIndex(of: "/") ?? target.startIndex)])
        let made = try makeFolders(folder, below: root)
        guard rename(path, target) == 0 else { throw FileError.current("put a blob into place") }
        for folder in made { try sync(folder: folder) }
    }

    func discard() {
        if descriptor >= 0 {
            // A process that is being forked right now may hold a copy of the descriptor: the space must not wait for it.
            ftruncate(descriptor, 0)
            close(descriptor)
        }
        descriptor = -1
        unlink(path)
    }

    /// - Returns: The folders whose entries have changed, the innermost first.
    private func makeFolders(_ folder: String, below root: String) throws -> [String] {
        if access(folder, F_OK) == 0 || folder.count <= root.count { return [folder] }
        let parent = String(folder[..<(folder.lastIndex(of: "/") ?? folder.startIndex)])
        let outer = try makeFolders(parent, below: root)
        guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw FileError.current("make a folder for a blob") }
        return [folder] + outer
    }

    private func sync(folder: String) throws {
        let handle = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard handle >= 0 else { throw FileError.current("open a blob's folder") }
        defer { close(handle) }
        guard fsync(handle) == 0 else { throw FileError.current("sync a blob's folder") }
    }
}

extension Slice where Base == UnsafeRawBufferPointer {
    fileprivate var baseAddress: UnsafeRawPointer? { UnsafeRawBufferPointer(rebasing: self).baseAddress }
}
