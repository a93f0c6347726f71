/// Which slots are meant: a byte each, 1 for those that are.
struct SlotMask {
    private var bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    static func none(_ count: Int) -> SlotMask { SlotMask([UInt8](repeating: 0, count: count)) }

    var count: Int { bytes.count }
    var total: Int { bytes.withUnsafeBufferPointer { $0.reduce(0) { $0 + Int($1) } } }

    mutating func clear() { self = .none(bytes.count) }

    mutating func insert(_ slot: Int) { bytes[slot] = 1 }

    func contains(_ slot: Int) -> Bool { bytes[slot] == 1 }

    /// Becomes what another of the same length is, in the memory that it has.
    mutating func copy(_ other: SlotMask) {
        bytes.withUnsafeMutableBytes { mine in other.bytes.withUnsafeBytes { mine.copyMemory(from: $0) } }
    }

    mutating func unite(with other: SlotMask) {
        bytes.withUnsafeMutableBufferPointer { mine in
            other.bytes.withUnsafeBufferPointer { for slot in mine.indices { mine[slot] |= $0[slot] } }
        }
    }

    mutating func subtract(_ other: SlotMask) {
        bytes.withUnsafeMutableBufferPointer { mine in
            other.bytes.withUnsafeBufferPointer { for slot in mine.indices { mine[slot] &= 1 ^ $0[slot] } }
        }
    }

    /// Keeps those slots alone for whose element of a column this holds.
    @inline(__always) mutating func keep<Element>(_ column: [Element], where holds: (Element) -> Bool) {
        bytes.withUnsafeMutableBufferPointer { bytes in
            column.withUnsafeBufferPointer { column in
                for slot in bytes.indices { bytes[slot] &= holds(column[slot]) ? 1 : 0 }
            }
        }
    }

    /// Keeps those slots alone whose code is marked.
    mutating func keep(_ codes: [UInt32], marked: [UInt8]) {
        bytes.withUnsafeMutableBufferPointer { bytes in
            codes.withUnsafeBufferPointer { codes in
                marked.withUnsafeBufferPointer { marked in
                    for slot in bytes.indices { bytes[slot] &= marked[Int(codes[slot])] }
                }
            }
        }
    }

    /// Keeps those slots alone for which this holds; it is asked of no others.
    @inline(__always) mutating func keep(where holds: (Int) -> Bool) {
        bytes.withUnsafeMutableBufferPointer { bytes in
            for slot in bytes.indices where bytes[slot] == 1 && !holds(slot) { bytes[slot] = 0 }
        }
    }

    @inline(__always) func visit(isReversed: Bool = false, _ body: (Int) -> Void) {
        bytes.withUnsafeBytes { raw in
            let count = raw.count
            var index = 0
            while index < count {
                // Eight at a time, since most questions leave few.
                let end = min(index + 8, count)
                if end - index == 8, raw.loadUnaligned(fromByteOffset: isReversed ? count - end : index, as: UInt64.self) == 0 {
                    index = end
                    continue
                }
                while index < end {
                    let slot = isReversed ? count - 1 - index : index
                    if raw[slot] == 1 { body(slot) }
                    index += 1
                }
            }
        }
    }
}
