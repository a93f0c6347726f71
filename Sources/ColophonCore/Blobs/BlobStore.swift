/// Where bytes live. Keys are written once and never overwritten with other bytes.
package protocol BlobStore: Sendable {
    /// Streams bytes into place while hashing them.
    ///
    /// The blob appears under its key whole and durable, or not at all. A failure leaves nothing under the key, unless the store lies behind
    /// a network and its last answer was lost: then the whole blob may be there, and is a leftover. Memory does not grow with the body: the
    /// next piece is asked for only when the last one is written.
    ///
    /// - Parameters:
    ///   - key: Where to; an existing blob there is replaced.
    ///   - bytesMax: More bytes than this end the upload.
    ///   - body: The bytes, in pieces of any size.
    /// - Returns: What was written.
    /// - Throws: `ColophonError` with code `tooLarge` past `bytesMax`, `storageFull` when the disk is; whatever `body` throws.
    func put<Body: AsyncSequence & Sendable>(_ key: BlobKey, bytesMax: Int64, body: Body) async throws -> BlobReceipt
    where Body.Element == ArraySlice<UInt8>

    /// Puts bytes that are in memory already, as the other does.
    func put(_ key: BlobKey, bytes: [UInt8]) async throws -> BlobReceipt

    /// Reads a blob, or a part of it, in pieces of at most 256 KiB; a piece is read when it is asked for.
    ///
    /// - Parameter range: Byte offsets from 0, within the length that was recorded when the blob was put. Nil reads all.
    /// - Throws: `ColophonError` with code `notFound` when there is no such blob, here or at the first piece; `damaged` when the blob ends
    ///   before the range does, and in place of the last piece when bytes are missing, or are others than those that were put and the
    ///   driver knows it.
    func read(_ key: BlobKey, range: Range<Int64>?) async throws -> BlobBody

    /// How many bytes a blob has; none of them is read.
    ///
    /// - Throws: `ColophonError` with code `notFound` when there is no such blob.
    func length(of key: BlobKey) async throws -> Int64

    /// Gives a readable file descriptor at offset 0 over the blob's bytes, for a child process to map; closed when `body` ends.
    ///
    /// - Throws: `ColophonError` with code `notFound`, and whatever `body` throws.
    func withDescriptor<Result: Sendable>(_ key: BlobKey, _ body: @Sendable (Int32) async throws -> Result) async throws -> Result

    /// Gives a descriptor as the other does, over bytes that were checked first.
    ///
    /// - Parameters:
    ///   - sha256: The hash that was recorded when the blob was put, in lower-case hexadecimal.
    ///   - heavyWork: Where the hash is computed.
    /// - Throws: `damaged` when the bytes are others; then `body` is not called.
    /// - Complexity: Reads the whole blob once more, from the page cache as a rule.
    func withDescriptor<Result: Sendable>(
        _ key: BlobKey, sha256: String, by heavyWork: HeavyWork, _ body: @Sendable (Int32) async throws -> Result
    ) async throws -> Result

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

    /// An address from which anybody who knows it can read the blob straight from the store, for a while. No export uses it yet; share links
    /// will.
    ///
    /// Nothing is asked of the store: the address of an absent blob leads nowhere.
    ///
    /// - Parameters:
    ///   - expires: For how long, in whole seconds, from one second to seven days.
    ///   - contentType: What the answer's `Content-Type` shall be.
    ///   - disposition: What its `Content-Disposition` shall be.
    /// - Returns: Nil when the store has no such addresses; then its bytes go through the server.
    func downloadURL(for key: BlobKey, expires: Duration, contentType: String, disposition: String) async throws -> String?
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
    /// For stores that begin to read only with the first piece.
    package func length(of key: BlobKey) async throws -> Int64 { try await read(key, range: nil).bytes }

    package func downloadURL(for key: BlobKey, expires: Duration, contentType: String, disposition: String) async throws -> String? { nil }

    package func put(_ key: BlobKey, bytes: [UInt8]) async throws -> BlobReceipt {
        try await put(key, bytesMax: .max, body: OnePiece(bytes: bytes))
    }
}

/// Bytes in memory as a body.
package struct OnePiece: AsyncSequence, Sendable {
    private let bytes: [UInt8]

    package init(bytes: [UInt8]) { self.bytes = bytes }

    package func makeAsyncIterator() -> Iterator { Iterator(bytes: bytes[...]) }

    package struct Iterator: AsyncIteratorProtocol {
        var bytes: ArraySlice<UInt8>?
        package mutating func next() async -> ArraySlice<UInt8>? {
            defer { bytes = nil }
            return bytes
        }
    }
}
