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
        let folders = Self.folders(above: target, to: root)
        for folder in folders.reversed() where mkdir(folder, 0o700) != 0 && errno != EEXIST {
            throw FileError.current("make a folder for a blob")
        }
        guard rename(path, target) == 0 else { throw FileError.current("put a blob into place") }
        // All of them, also those that were there: another put may have made one a moment ago and not have synced its entry yet.
        for folder in folders { try sync(folder: folder) }
    }

    /// The folders that a blob lies in, the innermost first, the root last.
    private static func folders(above target: String, to root: String) -> [String] {
        var result: [String] = []
        var rest = target[...]
        while let slash = rest.lastIndex(of: "/"), rest[..<slash].utf8.count >= root.utf8.count {
            rest = rest[..<slash]
            result.append(String(rest))
        }
        return result
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
