import Foundation

/// Values on their way to the server; it infers their types from where they stand, so that a statement is planned once, whichever of its
/// values are null.
///
/// Numbers and texts go in the wire's text form, bytes and lists in its binary one, in which nothing has to be escaped.
struct PostgresParameters {
    private var bytes: [UInt8] = []
    private var offsets: [Int?] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []

    init(_ values: [SQLValue]) {
        for value in values {
            let start = bytes.count
            offsets.append(value == .null ? nil : start)
            formats.append(add(value) ? 1 : 0)
            lengths.append(Int32(bytes.count - start))
            // A text is known by its end.
            bytes.append(0)
        }
    }

    /// Calls `body` with C arrays of values, their lengths and their formats, valid during the call.
    func withPointers<Result>(
        _ body: (UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?) -> Result
    ) -> Result {
        bytes.withUnsafeBytes { bytes in
            // An empty array has no address to count from, and no value needs one then.
            let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            let pointers = offsets.map { offset in offset.flatMap { offset in start.map { $0 + offset } } }
            return pointers.withUnsafeBufferPointer { body($0.baseAddress, lengths, formats) }
        }
    }

    /// - Returns: Whether it is in binary form.
    private mutating func add(_ value: SQLValue) -> Bool {
        switch value {
        case .null: return false
        case .integer(let number): bytes += "\(number)".utf8
        case .text(let text): add(text)
        case .bytes(let value):
            bytes += value
            return true
        case .list(let values, let type):
            add(values, type)
            return true
        }
        return false
    }

    /// The server's text cannot hold a zero byte.
    private mutating func add(_ text: String) {
        if text.utf8.contains(0) { bytes += text.replacing("\0", with: "\u{FFFD}").utf8 } else { bytes += text.utf8 }
    }

    /// An array as `array_recv` reads it: how many dimensions, whether any element is null, of which type they are, how many and counted
    /// from which number; then each with its length before it, where -1 stands for null.
    private mutating func add(_ values: [SQLValue], _ type: SQLType) {
        bytes.reserveCapacity(bytes.count + 20 + values.count * 44)
        for number in [1, values.contains(.null) ? 1 : 0, Self.number(of: type), Int32(values.count), 1] { add(number) }
        for value in values {
            switch (value, type) {
            case (.null, _): add(Int32(-1))
            case (.integer(let number), .integer):
                add(Int32(8))
                add(number)
            case (.integer(let number), .place):
                let place = RowPlace(number: number)
                add(Int32(6))
                add(place.page)
                add(place.pointer)
            case (.text(let text), .text):
                let start = bytes.count
                add(Int32(0))
                add(text)
                let length = UInt32(bytes.count - start - 4)
                for (index, shift) in [24, 16, 8, 0].enumerated() { bytes[start + index] = UInt8(truncatingIfNeeded: length >> shift) }
            default: preconditionFailure("a table's values are of their columns' types")
            }
        }
    }

    /// In the wire's order of bytes.
    private mutating func add(_ number: some FixedWidthInteger) { withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) } }

    /// The types' numbers in `pg_type`, which are the same on every server.
    private static func number(of type: SQLType) -> Int32 {
        switch type {
        case .text: 25
        case .integer: 20
        case .place: 27
        }
    }
}
