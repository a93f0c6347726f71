import Crypto

/// A blob's bytes as they are read.
///
/// A body that ends early, or that has other bytes than it should, throws `damaged` instead of its last piece: whoever passes
/// pieces on as they come has then passed on a body that is visibly cut short.
package struct BlobBody: AsyncSequence, Sendable {
    package typealias Element = [UInt8]

    /// How many bytes the whole body has.
    package let bytes: Int64
    private let sha256: String?
    private let piece: @Sendable (Int64) async throws -> [UInt8]?

    /// - Parameters:
    ///   - bytes: The body's length.
    ///   - sha256: What the body must hash to, in lower-case hexadecimal; nil when nobody knows.
    ///   - piece: Reads the piece that begins so many bytes after the body's first; nil at the end.
    package init(bytes: Int64, sha256: String? = nil, piece: @escaping @Sendable (Int64) async throws -> [UInt8]?) {
        self.bytes = bytes
        self.sha256 = sha256
        self.piece = piece
    }

    /// Bytes that are in memory already.
    package init(bytes: [UInt8]) {
        self.init(bytes: Int64(bytes.count)) { offset in Array(bytes[Int(offset)...].prefix(256 << 10)) }
    }

    /// The same body, held to the hash that was recorded of it; what a driver knew is of less weight.
    package func expecting(sha256: String) -> BlobBody { BlobBody(bytes: bytes, sha256: sha256, piece: piece) }

    package func makeAsyncIterator() -> Iterator { Iterator(body: self) }

    package struct Iterator: AsyncIteratorProtocol {
        let body: BlobBody
        var offset: Int64 = 0
        var hash = SHA256()

        package mutating func next() async throws -> [UInt8]? {
            guard offset < body.bytes else {
                try checkHash()
                return nil
            }
            guard let piece = try await body.piece(offset), !piece.isEmpty else { throw ColophonError.damagedBlob() }
            offset += Int64(piece.count)
            if body.sha256 != nil { piece.withUnsafeBytes { hash.update(bufferPointer: $0) } }
            if offset >= body.bytes { try checkHash() }
            return piece
        }

        private func checkHash() throws {
            guard let sha256 = body.sha256, sha256 != Hex.encode(hash.finalize()) else { return }
            throw ColophonError.damagedBlob()
        }
    }
}
