/// Texts by slot, in one stretch of bytes, with each one's first and last ones beside it.
struct TextColumn: Sendable {
    private var bytes: [UInt8] = []
    /// Where each text begins, and how long it is, in one number.
    private var places: [UInt64] = []
    /// The first eight bytes as a number that is ordered as they are; shorter texts are filled up with zeros.
    private(set) var heads: NumberColumn
    /// The eight bytes behind those, in the same way: very many names begin alike.
    private(set) var nexts: [Int64] = []
    /// The last eight bytes, after zeros where the text is shorter.
    private(set) var tails: [UInt64] = []
    private var wasted = 0

    private static let countBits: UInt64 = 16
    /// The most bytes of a text.
    static let textMax = (1 << Int(countBits)) - 1

    /// What replaced texts may leave behind, in bytes, before those in use are moved together.
    static let wastedMax = 1 << 16

    private let blockLength: Int

    init(blockLength: Int) {
        self.blockLength = blockLength
        heads = NumberColumn(blockLength: blockLength)
    }

    var byteCount: Int {
        bytes.capacity + (places.capacity + nexts.capacity + tails.capacity) * MemoryLayout<UInt64>.stride + heads.byteCount
    }

    /// - Precondition: At most `textMax` bytes.
    mutating func append(_ text: String) {
        places.append(store(text))
        heads.append(Self.head(text.utf8))
        nexts.append(Self.next(text.utf8))
        tails.append(Self.tail(text.utf8))
    }

    mutating func replace(_ slot: Int, with text: String) {
        if withBytes(of: slot, { $0.elementsEqual(text.utf8) }) { return }
        wasted += Int(places[slot] & UInt64(Self.textMax))
        places[slot] = store(text)
        heads.replace(slot, with: Self.head(text.utf8))
        nexts[slot] = Self.next(text.utf8)
        tails[slot] = Self.tail(text.utf8)
        if wasted > Self.wastedMax && wasted > bytes.count / 2 { compact() }
    }

    subscript(slot: Int) -> String { withBytes(of: slot) { String(decoding: $0, as: UTF8.self) } }

    func withBytes<Result>(of slot: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
        try withReader { try body($0[slot]) }
    }

    func withReader<Result>(_ body: (TextReader) throws -> Result) rethrows -> Result {
        try bytes.withUnsafeBufferPointer { bytes in
            try places.withUnsafeBufferPointer { try body(TextReader(bytes: bytes, places: $0)) }
        }
    }

    static func head(_ text: some Sequence<UInt8>) -> Int64 {
        var head: UInt64 = 0
        var count = 0
        for byte in text.prefix(8) {
            head = head << 8 | UInt64(byte)
            count += 1
        }
        return Int64(bitPattern: (count == 0 ? 0 : head << UInt64(64 - 8 * count)) ^ 1 << 63)
    }

    static func next(_ text: some Sequence<UInt8>) -> Int64 { head(text.dropFirst(8)) }

    static func tail(_ text: some BidirectionalCollection<UInt8>) -> UInt64 { text.suffix(8).reduce(0) { $0 << 8 | UInt64($1) } }

    private mutating func store(_ text: String) -> UInt64 {
        let start = UInt64(bytes.count)
        bytes.append(contentsOf: text.utf8)
        precondition(bytes.count - Int(start) <= Self.textMax, "texts of a column are short")
        return start << Self.countBits | UInt64(bytes.count - Int(start))
    }

    private mutating func compact() {
        var kept = TextColumn(blockLength: blockLength)
        kept.bytes.reserveCapacity(bytes.count - wasted)
        for slot in places.indices { kept.append(self[slot]) }
        self = kept
    }

    /// The texts while nothing changes.
    struct TextReader {
        fileprivate let bytes: UnsafeBufferPointer<UInt8>
        fileprivate let places: UnsafeBufferPointer<UInt64>

        @inline(__always) subscript(slot: Int) -> UnsafeBufferPointer<UInt8> {
            let place = places[slot]
            let start = Int(place >> TextColumn.countBits)
            return UnsafeBufferPointer(rebasing: bytes[start..<start + Int(place & UInt64(TextColumn.textMax))])
        }
    }
}
