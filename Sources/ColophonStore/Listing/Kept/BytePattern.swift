import Foundation

/// A pattern in which some places stand for any bytes and everything else for itself.
struct BytePattern {
    private let first: [UInt8]
    private let inner: [[UInt8]]
    /// Nil when nothing stands for any bytes.
    private let last: [UInt8]?

    /// - Parameter pattern: `%` stands for any bytes.
    init(_ pattern: String) {
        self.init(parts: pattern.utf8.split(separator: UInt8(ascii: "%"), omittingEmptySubsequences: false).map(Array.init))
    }

    /// A text and nothing else.
    init(literal text: String) { self.init(parts: [Array(text.utf8)]) }

    /// What holds a text.
    static func holding(_ text: String) -> BytePattern { BytePattern(parts: [[], Array(text.utf8), []]) }

    private init(parts: [[UInt8]]) {
        first = parts[0]
        inner = parts.dropFirst().dropLast().filter { !$0.isEmpty }
        last = parts.count > 1 ? parts[parts.count - 1] : nil
    }

    /// What the first eight bytes must be, as `TextColumn.heads` has them, where the mask is set.
    var head: (bits: Int64, mask: Int64) {
        let count = min(first.count, 8)
        return (TextColumn.head(first), count == 0 ? 0 : Int64(bitPattern: ~0 << UInt64(64 - 8 * count)))
    }

    /// What the last eight bytes must be where the mask is set.
    var tail: (bits: UInt64, mask: UInt64) {
        let count = min(last?.count ?? first.count, 8)
        return (TextColumn.tail(last ?? first), count == 0 ? 0 : ~0 >> UInt64(64 - 8 * count))
    }

    /// Whether a text that has this head or this tail matches: the other is empty, and neither says what a shorter text is filled up with.
    var isDecidedByEdges: Bool {
        guard let last, inner.isEmpty else { return false }
        return first.count <= 8 && last.count <= 8 && (first.isEmpty || last.isEmpty) && !first.contains(0) && !last.contains(0)
    }

    func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let last else { return text.count == first.count && Self.begins(text, first) }
        guard text.count >= first.count + last.count, Self.begins(text, first) else { return false }
        let end = text.count - last.count
        guard Self.begins(UnsafeBufferPointer(rebasing: text[end...]), last) else { return false }
        var rest = UnsafeBufferPointer(rebasing: text[first.count..<end])
        for part in inner {
            guard let found = Self.place(of: part, in: rest) else { return false }
            rest = UnsafeBufferPointer(rebasing: rest[(found + part.count)...])
        }
        return true
    }

    private static func place(of part: [UInt8], in text: UnsafeBufferPointer<UInt8>) -> Int? {
        guard let start = text.baseAddress else { return nil }
        var index = 0
        while index + part.count <= text.count {
            guard let found = memchr(start + index, Int32(part[0]), text.count - part.count + 1 - index) else { return nil }
            index = UnsafeRawPointer(found) - UnsafeRawPointer(start)
            if memcmp(found, part, part.count) == 0 { return index }
            index += 1
        }
        return nil
    }

    private static func begins(_ text: UnsafeBufferPointer<UInt8>, _ part: [UInt8]) -> Bool {
        if part.isEmpty { return true }
        guard text.count >= part.count, let start = text.baseAddress else { return false }
        return memcmp(start, part, part.count) == 0
    }
}
