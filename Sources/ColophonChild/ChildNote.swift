/// What a child says about some pages.
package struct ChildNote: Equatable, Sendable {
    package enum Kind: UInt8, Sendable {
        /// They could not be loaded, and are empty.
        case damaged = 1
        /// Their text could not be recognised, and is missing.
        case unrecognized = 2
        /// Their text was recognised, and is likely wrong.
        case poorlyRecognized = 3
    }

    package var kind: Kind
    /// From 1, ascending.
    package var pages: [Int]
    /// Why, for people; empty where there is nothing to add.
    package var reason: String

    private static let reasonBytesMax = 500
    /// More than these a frame does not hold.
    private static let pagesMax = 250_000

    package init(kind: Kind, pages: [Int], reason: String = "") {
        self.kind = kind
        self.pages = pages
        self.reason = reason
    }

    /// The kind, how many pages, the pages as four bytes each, the reason.
    var bytes: [UInt8] {
        let pages = pages.prefix(Self.pagesMax)
        return [kind.rawValue] + Self.number(pages.count) + pages.flatMap(Self.number) + Array(reason.utf8.prefix(Self.reasonBytesMax))
    }

    init(bytes: ArraySlice<UInt8>) throws(ChildProtocolError) {
        guard let kind = bytes.first.flatMap(Kind.init), bytes.count >= 5 else { throw .badNote }
        let count = Self.number(bytes.dropFirst().prefix(4))
        let rest = bytes.dropFirst(5)
        guard count >= 1, count <= rest.count / 4 else { throw .badNote }
        let pages = (0..<count).map { Self.number(rest.dropFirst($0 * 4).prefix(4)) }
        let reason = rest.dropFirst(count * 4)
        guard pages[0] >= 1, zip(pages, pages.dropFirst()).allSatisfy({ $0 < $1 }), reason.count <= Self.reasonBytesMax else {
            throw .badNote
        }
        self.init(kind: kind, pages: pages, reason: String(decoding: reason, as: UTF8.self))
    }

    private static func number(_ value: Int) -> [UInt8] {
        withUnsafeBytes(of: UInt32(clamping: value).bigEndian) { Array($0) }
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }
}
