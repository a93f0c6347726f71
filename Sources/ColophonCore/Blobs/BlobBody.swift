/// A blob's bytes as they are read.
package struct BlobBody: AsyncSequence, Sendable {
    package typealias Element = [UInt8]

    /// How many bytes the whole body has.
    package let bytes: Int64
    private let piece: @Sendable (Int64) async throws -> [UInt8]?

    /// - Parameters:
    ///   - bytes: The body's length.
    ///   - piece: Reads the piece that begins so many bytes after the body's first; nil at the end.
    package init(bytes: Int64, piece: @escaping @Sendable (Int64) async throws -> [UInt8]?) {
        self.bytes = bytes
        self.piece = piece
    }

    package func makeAsyncIterator() -> Iterator { Iterator(body: self) }

    package struct Iterator: AsyncIteratorProtocol {
        let body: BlobBody
        var offset: Int64 = 0

        package mutating func next() async throws -> [UInt8]? {
            guard offset < body.bytes, let piece = try await body.piece(offset), !piece.isEmpty else { return nil }
            offset += Int64(piece.count)
            return piece
        }
    }
}
