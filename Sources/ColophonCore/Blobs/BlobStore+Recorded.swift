import Crypto
import Foundation

/// Reading what the ledger has recorded: the bytes must be those that were put, whatever became of the store since.
extension BlobStore {
    /// Reads a whole blob whose hash is known.
    ///
    /// - Parameter sha256: The hash that was recorded when it was put, in lower-case hexadecimal.
    /// - Throws: As `read`; pieces throw `damaged` when the bytes are others.
    package func read(_ key: BlobKey, sha256: String) async throws -> BlobBody {
        try await read(key, range: nil).expecting(sha256: sha256)
    }

    /// Whether a blob is there with the bytes that were recorded of it.
    ///
    /// - Throws: `unavailable` when the store is away: then nobody knows.
    /// - Complexity: Reads the whole blob.
    package func holds(_ key: BlobKey, bytes: Int64, sha256: String) async throws -> Bool {
        do {
            let body = try await read(key, sha256: sha256)
            guard body.bytes == bytes else { return false }
            for try await _ in body {}
            return true
        } catch let error as ColophonError {
            guard try await isFaultOfBlob(error) else { throw error }
            return false
        }
    }

    /// Whether reading failed because of the blob that was read; else the store as a whole is away, or another thing is wrong.
    package func isFaultOfBlob(_ error: ColophonError) async throws -> Bool {
        // One blob that nobody may read looks like a store that is away, until that is asked.
        if error.code == .unavailable { return (try? await check()) != nil }
        return [.notFound, .damaged, .internal].contains(error.code)
    }

    /// Reads a whole blob into memory.
    ///
    /// - Parameter sha256: The hash that was recorded when it was put, in lower-case hexadecimal; nil when none was.
    /// - Throws: `ColophonError` with code `tooLarge` when it holds more than `bytesMax`, `damaged` when the bytes are others.
    package func bytes(of key: BlobKey, sha256: String? = nil, bytesMax: Int) async throws -> [UInt8] {
        var body = try await read(key, range: nil)
        if let sha256 { body = body.expecting(sha256: sha256) }
        var result: [UInt8] = []
        for try await piece in body {
            guard result.count + piece.count <= bytesMax else {
                throw ColophonError(.tooLarge, "The stored result is too large to read at once.")
            }
            result += piece
        }
        return result
    }

    package func withDescriptor<Result: Sendable>(
        _ key: BlobKey, sha256: String, by heavyWork: HeavyWork, _ body: @Sendable (Int32) async throws -> Result
    ) async throws -> Result {
        try await withDescriptor(key) { descriptor in
            let found = try await heavyWork.run { try hash(of: descriptor) }
            guard found == sha256 else { throw ColophonError.damagedBlob() }
            return try await body(descriptor)
        }
    }
}

/// SHA-256 of all that a descriptor's file holds; its offset stays where it is.
private func hash(of descriptor: Int32) throws -> String {
    var hash = SHA256()
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)
    defer { buffer.deallocate() }
    var offset: off_t = 0
    while true {
        let got = pread(descriptor, buffer.baseAddress, buffer.count, offset)
        if got < 0 && errno == EINTR { continue }
        guard got >= 0 else {
            throw ColophonError(.internal, "The server could not read a blob.", cause: POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO))
        }
        if got == 0 { return Hex.encode(hash.finalize()) }
        hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: buffer[..<got]))
        offset += off_t(got)
    }
}
