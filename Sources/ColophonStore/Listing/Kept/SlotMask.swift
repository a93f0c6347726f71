/// Which slots of a block are meant: a byte each, 1 for those that are.
struct SlotMask {
    let slots: Range<Int>
    private var bytes: [UInt8]

    /// - Parameter bytes: Of all slots.
    init(_ slots: Range<Int>, of bytes: [UInt8]) {
        self.slots = slots
        self.bytes = Array(bytes[slots])
    }

    var total: Int { bytes.withUnsafeBufferPointer { $0.reduce(0) { $0 + Int($1) } } }

    var isNone: Bool {
        bytes.withUnsafeBytes { raw in
            var some: UInt64 = 0
            Self.inEights(raw.count) {
                some |= raw.loadUnaligned(fromByteOffset: $0, as: UInt64.self)
            } rest: {
                some |= UInt64(raw[$0])
            }
            return some == 0
        }
    }

    /// Keeps those of some slots alone that are named.
    mutating func keep(_ named: [Int]) {
        let kept = named.filter { slots.contains($0) && bytes[$0 - slots.lowerBound] == 1 }
        clear()
        for slot in kept { bytes[slot - slots.lowerBound] = 1 }
    }

    mutating func clear() { for index in bytes.indices { bytes[index] = 0 } }

    mutating func unite(with other: SlotMask) {
        bytes.withUnsafeMutableBufferPointer { mine in
            other.bytes.withUnsafeBufferPointer { for index in mine.indices { mine[index] |= $0[index] } }
        }
    }

    mutating func subtract(_ other: SlotMask) {
        bytes.withUnsafeMutableBufferPointer { mine in
            other.bytes.withUnsafeBufferPointer { for index in mine.indices { mine[index] &= 1 ^ $0[index] } }
        }
    }

    /// Keeps those slots alone for whose element of a column this holds.
    @inline(__always) mutating func keep<Element>(_ column: [Element], where holds: (Element) -> Bool) {
        bytes.withUnsafeMutableBufferPointer { bytes in
            column.withUnsafeBufferPointer { column in
                let elements = UnsafeBufferPointer(rebasing: column[slots])
                for index in bytes.indices { bytes[index] &= holds(elements[index]) ? 1 : 0 }
            }
        }
    }

    /// Keeps those slots alone whose code is marked.
    mutating func keep(_ codes: [UInt32], marked: [UInt8]) {
        marked.withUnsafeBufferPointer { marked in
            bytes.withUnsafeMutableBufferPointer { bytes in
                codes.withUnsafeBufferPointer { codes in
                    let codes = UnsafeBufferPointer(rebasing: codes[slots])
                    for index in bytes.indices { bytes[index] &= marked[Int(codes[index])] }
                }
            }
        }
    }

    /// Keeps those slots alone for which this holds; it is asked of no others.
    @inline(__always) mutating func keep(where holds: (Int) -> Bool) {
        let start = slots.lowerBound
        bytes.withUnsafeMutableBufferPointer { bytes in
            for index in bytes.indices where bytes[index] == 1 && !holds(start + index) { bytes[index] = 0 }
        }
    }

    @inline(__always) func visit(_ body: (Int) -> Void) {
        let start = slots.lowerBound
        bytes.withUnsafeBytes { raw in
            func look(_ index: Int) { if raw[index] == 1 { body(start + index) } }
            Self.inEights(raw.count) { first in
                // Most questions leave few.
                if raw.loadUnaligned(fromByteOffset: first, as: UInt64.self) == 0 { return }
                for index in first..<first + 8 { look(index) }
            } rest: {
                look($0)
            }
        }
    }

    /// Writes down the slots whose rank lies between two; without a branch for each, since which do is not foreseen.
    ///
    /// - Parameter found: Room for as many as the block has.
    /// - Returns: How many there are.
    func find(_ ranks: NumberRanks, from least: Int64, to most: Int64, into found: UnsafeMutableBufferPointer<Int>) -> Int {
        let start = slots.lowerBound
        var count = 0
        bytes.withUnsafeBytes { raw in
            @inline(__always) func look(_ index: Int) {
                let rank = ranks[start + index]
                found[count] = start + index
                count += Int(raw[index]) & (rank >= least ? 1 : 0) & (rank <= most ? 1 : 0)
            }
            Self.inEights(raw.count) { first in
                if raw.loadUnaligned(fromByteOffset: first, as: UInt64.self) == 0 { return }
                for index in first..<first + 8 { look(index) }
            } rest: {
                look($0)
            }
        }
        return count
    }

    @inline(__always) private static func inEights(_ count: Int, _ eight: (Int) -> Void, rest: (Int) -> Void) {
        var index = 0
        while index + 8 <= count {
            eight(index)
            index += 8
        }
        while index < count {
            rest(index)
            index += 1
        }
    }
}
