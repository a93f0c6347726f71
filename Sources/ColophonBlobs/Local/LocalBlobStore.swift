package import ColophonCore
import Crypto
import Foundation
package import NIOPosix

/// Blobs as files of one folder; a key is a path in it.
///
/// A put writes a temporary file beside the blobs, syncs it, and renames it: so what is there is whole and survives a power loss.
package struct LocalBlobStore: BlobStore {
    /// How much is read at a time.
    static let pieceBytes = 256 << 10

    let root: String
    let incoming: String
    private let threads: NIOThreadPool

    /// - Parameters:
    ///   - root: The folder; made if it is absent.
    ///   - threads: Where blocking calls run.
    package init(root: String, threads: NIOThreadPool = .singleton) throws {
        self.root = root
        self.threads = threads
        incoming = root + "/.incoming"
        try FileManager.default.createDirectory(atPath: incoming, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    package func put<Body: AsyncSequence & Sendable>(_ key: BlobKey, bytesMax: Int64, body: Body) async throws -> BlobReceipt
    where Body.Element == ArraySlice<UInt8> {
        let file = try await blocking { try IncomingFile(in: incoming) }
        do {
            var receipt = BlobReceipt(key: key, bytes: 0, sha256: "", head: [])
            var hash = SHA256()
            for try await piece in body {
                receipt.bytes += Int64(piece.count)
                guard receipt.bytes <= bytesMax else { throw ColophonError.uploadTooLarge(bytesMax) }
                receipt.head += piece.prefix(ContentType.headBytes - receipt.head.count)
                piece.withUnsafeBytes { hash.update(bufferPointer: $0) }
                try await blocking { try file.write(piece) }
            }
            receipt.sha256 = Hex.encode(hash.finalize())
            try await blocking { try file.publish(at: path(of: key), below: root) }
            return receipt
        } catch {
            // Here and now: a cancelled task can no longer hop to another thread.
            file.discard()
            throw error
        }
    }

    package func read(_ key: BlobKey, range: Range<Int64>?) async throws -> BlobBody {
        let file = try await blocking { try OpenFile(path: path(of: key)) }
        let range = range ?? 0..<file.bytes
        // Its reader knows the length from the ledger: the file was cut off.
        guard range.upperBound <= file.bytes else { throw ColophonError.damagedBlob() }
        return BlobBody(bytes: range.upperBound - range.lowerBound) { offset in
            let start = range.lowerBound + offset
            return try await blocking { try file.read(at: start, count: Int(min(Int64(Self.pieceBytes), range.upperBound - start))) }
        }
    }

    package func withDescriptor<Result: Sendable>(_ key: BlobKey, _ body: @Sendable (Int32) async throws -> Result) async throws -> Result {
        let file = try await blocking { try OpenFile(path: path(of: key)) }
        defer { withExtendedLifetime(file) {} }
        return try await body(file.descriptor)
    }

    package func delete(_ key: BlobKey) async throws {
        try await blocking {
            guard unlink(path(of: key)) == 0 || errno == ENOENT else { throw FileError.current("remove a blob") }
        }
    }

    package func scan(writtenBefore moment: Timestamp, batch: Int, _ body: @Sendable ([BlobKey]) async throws -> Void) async throws {
        let scan = LeftoverScan(root: root, before: moment)
        try await blocking { try scan.sweep(incoming: incoming) }
        try await walk(scan, batch: batch, body)
    }

    package func list(writtenBefore moment: Timestamp, batch: Int, _ body: @Sendable ([BlobKey]) async throws -> Void) async throws {
        try await walk(LeftoverScan(root: root, before: moment), batch: batch, body)
    }

    private func walk(_ scan: LeftoverScan, batch: Int, _ body: @Sendable ([BlobKey]) async throws -> Void) async throws {
        while true {
            let keys = try await blocking { scan.next(batch) }
            if keys.isEmpty { return }
            try await body(keys)
        }
    }

    package func check() async throws {
        try await blocking {
            let probe = try IncomingFile(in: incoming)
            defer { probe.discard() }
            try probe.write([0])
        }
    }

    func path(of key: BlobKey) -> String { "\(root)/\(key.rawValue)" }

    private func blocking<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await threads.runIfActive(body)
    }
}
