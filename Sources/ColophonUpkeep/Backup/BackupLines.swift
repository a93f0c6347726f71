import ColophonCore
import Crypto
import Foundation

/// Reads a file of a backup, in pieces or in lines; memory is bounded by the longest line.
///
/// One caller at a time uses it.
final class BackupLines: @unchecked Sendable {
    /// No row is as long.
    private static let lineBytesMax = 64 << 20

    private let path: String
    private let file: FileHandle
    private var buffer: [UInt8] = []
    private var start = 0

    /// - Throws: `invalid` with reason `BACKUP_DAMAGED` when there is no such file.
    init(path: String) throws {
        self.path = path
        guard let file = FileHandle(forReadingAtPath: path) else { throw ColophonError.damagedBackup("The backup lacks \(path).") }
        self.file = file
    }

    deinit { try? file.close() }

    /// The next bytes; nil at the end.
    func piece() throws -> [UInt8]? {
        do {
            guard let data = try file.read(upToCount: 256 << 10), !data.isEmpty else { return nil }
            return Array(data)
        } catch {
            throw ColophonError.damagedBackup("\(path) cannot be read.", cause: error)
        }
    }

    /// Up to so many more lines, without their line feeds; none at the end.
    func next(_ limit: Int) throws -> [[UInt8]] {
        var lines: [[UInt8]] = []
        while lines.count < limit {
            if let end = buffer[start...].firstIndex(of: 0x0A) {
                lines.append(Array(buffer[start..<end]))
                start = end + 1
            } else if let more = try piece() {
                buffer.removeFirst(start)
                start = 0
                buffer += more
                guard buffer.count <= Self.lineBytesMax else { throw ColophonError.damagedBackup("\(path) has a line without an end.") }
            } else {
                guard start == buffer.count else { throw ColophonError.damagedBackup("\(path) ends in the middle of a line.") }
                break
            }
        }
        return lines
    }

    /// The hash and length of a whole file.
    static func digest(of path: String) throws -> (sha256: String, bytes: Int64) {
        let file = try BackupLines(path: path)
        var hash = SHA256()
        var bytes: Int64 = 0
        while let piece = try file.piece() {
            bytes += Int64(piece.count)
            piece.withUnsafeBytes { hash.update(bufferPointer: $0) }
        }
        return (Hex.encode(hash.finalize()), bytes)
    }
}

/// Goes through the blobs that a backup lists, some at a time.
struct BackupBlobList {
    private let lines: BackupLines

    init(path: String) throws { lines = try BackupLines(path: path) }

    /// Up to so many more; none at the end.
    func next(_ limit: Int) throws -> [PromisedBlob] {
        let decoder = JSONDecoder()
        do {
            return try lines.next(limit).map { try decoder.decode(PromisedBlob.self, from: Data($0)) }
        } catch let error as DecodingError {
            throw ColophonError.damagedBackup("The backup's list of blobs cannot be understood.", cause: error)
        }
    }
}
