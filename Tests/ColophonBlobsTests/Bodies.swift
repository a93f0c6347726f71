import Foundation

/// Pieces of the sizes given, then perhaps an error, as a connection that breaks.
struct PiecewiseBody: AsyncSequence, Sendable {
    var sizes: [Int]
    var breaks = false

    func makeAsyncIterator() -> Iterator { Iterator(body: self) }

    struct Iterator: AsyncIteratorProtocol {
        let body: PiecewiseBody
        var index = 0

        mutating func next() async throws -> ArraySlice<UInt8>? {
            guard index < body.sizes.count else {
                if body.breaks { throw POSIXError(.ECONNRESET) }
                return nil
            }
            defer { index += 1 }
            return Array(repeating: UInt8(truncatingIfNeeded: index), count: body.sizes[index])[...]
        }
    }
}

/// So many bytes, each made from its place, in pieces of odd size; never in memory as a whole.
struct GeneratedBody: AsyncSequence, Sendable {
    var bytes: Int64
    var pieceBytes = 100_003

    /// A prime number of bytes that repeat: parts that were mixed up do not look alike.
    private static let pattern = (0..<65_521).map { UInt8(truncatingIfNeeded: $0 * 31 >> 3) }

    /// The bytes of a range.
    func slice(_ range: Range<Int64>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(range.count)
        while result.count < range.count {
            let start = (Int(range.lowerBound) + result.count) % Self.pattern.count
            result += Self.pattern[start...].prefix(range.count - result.count)
        }
        return result
    }

    func makeAsyncIterator() -> Iterator { Iterator(body: self) }

    struct Iterator: AsyncIteratorProtocol {
        let body: GeneratedBody
        var offset: Int64 = 0

        mutating func next() async throws -> ArraySlice<UInt8>? {
            guard offset < body.bytes else { return nil }
            let end = Swift.min(offset + Int64(body.pieceBytes), body.bytes)
            defer { offset = end }
            return body.slice(offset..<end)[...]
        }
    }
}

/// One piece, and then nothing more until the task is cancelled.
struct HangingBody: AsyncSequence, Sendable {
    var first: Int
    var hangs: @Sendable () -> Void

    init(first: Int, hangs: @escaping @Sendable () -> Void) {
        self.first = first
        self.hangs = hangs
    }

    func makeAsyncIterator() -> Iterator { Iterator(body: self) }

    struct Iterator: AsyncIteratorProtocol {
        let body: HangingBody
        var isFirst = true

        mutating func next() async throws -> ArraySlice<UInt8>? {
            defer { isFirst = false }
            if isFirst { return Array(repeating: 1, count: body.first)[...] }
            body.hangs()
            try await Task.sleep(for: .seconds(600))
            return nil
        }
    }
}
