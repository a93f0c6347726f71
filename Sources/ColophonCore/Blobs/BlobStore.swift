/// Where bytes live. Keys are written once and never overwritten with other bytes.
package protocol BlobStore: Sendable {
    /// Streams bytes into place while hashing them.
    ///
    /// The blob appears under its key whole and durable, or not at all; a failure leaves nothing under the key. Memory does not
    /// grow with the body: the next piece is asked for only when the last one is written.
    ///
    /// - Parameters:
    ///   - key: Where to; an existing blob there is replaced.
    ///   - bytesMax: More bytes than this end the upload.
    ///   - body: The bytes, in pieces of any size.
    /// - Returns: What was written.
    /// - Throws: `ColophonError` with code `tooLarge` past `bytesMax`, `storageFull` when the disk is; whatever `body` throws.
    func put<Body: AsyncSequence & Sendable>(_ key: BlobKey, bytesMax: Int64, body: Body) async throws -> BlobReceipt
    where Body.Element == ArraySlice<UInt8>

    /// Reads a blob, or a part of it, in pieces of at most 256 KiB; a piece is read when it is asked for.
    ///
    /// - Parameter range: Byte offsets from 0; must lie within the blob. Nil reads all.
    /// - Throws: `ColophonError` with code `notFound` when there is no such blob, here or at the first piece.
    func read(_ key: BlobKey, range: Range<Int64>?) async throws -> BlobBody

    /// Gives a readable file descriptor at offset 0 over the blob's bytes, for a child process to map; closed when `body` ends.
    ///
    /// - Throws: `ColophonError` with code `notFound`, and whatever `body` throws.
    func withDescriptor<Result: Sendable>(_ key: BlobKey, _ body: @Sendable (Int32) async throws -> Result) async throws -> Result

    /// Removes a blob; an absent one is no error.
    func delete(_ key: BlobKey) async throws

    /// Walks over the blobs last written before a moment, in no order; half-written leftovers of interrupted puts that are as old
    /// are removed on the way.
    ///
    /// - Parameters:
    ///   - batch: The most keys that `body` is given at once; bounds memory.
    ///   - body: May delete the blobs that it is given.
    func scan(writtenBefore moment: Timestamp, batch: Int, _ body: @Sendable ([BlobKey]) async throws -> Void) async throws

    /// Walks over the blobs last written before a moment, in no order, and changes nothing.
    ///
    /// - Parameters:
    ///   - batch: The most keys that `body` is given at once; bounds memory.
    ///   - body: May delete the blobs that it is given.
    func list(writtenBefore moment: Timestamp, batch: Int, _ body: @Sendable ([BlobKey]) async throws -> Void) async throws

    /// Proves that the store can be written to, by writing.
    func check() async throws
}

/// What a put wrote.
package struct BlobReceipt: Sendable, Equatable {
    package var key: BlobKey
    package var bytes: Int64
    /// Lower-case hexadecimal.
    package var sha256: String
    /// The first bytes, at most `ContentType.headBytes`.
    package var head: [UInt8]

    package init(key: BlobKey, bytes: Int64, sha256: String, head: [UInt8]) {
        self.key = key
        self.bytes = bytes
        self.sha256 = sha256
        self.head = head
    }
}

extension BlobStore {
    /// Puts bytes that are in memory already.
    package func put(_ key: BlobKey, bytes: [UInt8]) async throws -> BlobReceipt {
        try await put(key, bytesMax: .max, body: OnePiece(bytes: bytes))
    }

    /// Reads a whole blob into memory.
    ///
    /// - Throws: `ColophonError` with code `tooLarge` when it holds more than `bytesMax`.
    package func bytes(of key: BlobKey, bytesMax: Int) async throws -> [UInt8] {
        var result: [UInt8] = []
        for try await piece in try await read(key, range: nil) {
            guard result.count + piece.count <= bytesMax else {
                throw ColophonError(.tooLarge, "The stored result is too large to read at once.")
            }
            result += piece
        }
        return result
    }
}

private struct OnePiece: AsyncSequence, Sendable {
    let bytes: [UInt8]

    func makeAsyncIterator() -> Iterator { Iterator(bytes: bytes[...]) }

    struct Iterator: AsyncIteratorProtocol {
        var bytes: ArraySlice<UInt8>?
        mutating func next() async -> ArraySlice<UInt8>? {
            defer { bytes = nil }
            return bytes
        }
    }
}
