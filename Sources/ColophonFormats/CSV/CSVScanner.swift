import DoclingDocument

/// Splits separated values into records, one at a time.
struct CSVScanner {
    private static let quote = UInt8(ascii: "\"")

    private let bytes: [UInt8]
    private let delimiter: UInt8
    private var position = 0

    init(_ bytes: [UInt8], delimiter: UInt8) {
        self.bytes = bytes
        self.delimiter = delimiter
    }

    /// The values of the next record, `nil` after the last; lines without any character are skipped.
    mutating func nextRecord() throws(FormatFailure) -> [String]? {
        while position < bytes.count, isLineEnd(bytes[position]) { position += 1 }
        guard position < bytes.count else { return nil }
        var values: [String] = []
        while true {
            guard values.count < TableGrid.slotsMax else { throw .tooLarge("it has more than \(TableGrid.slotsMax) cells") }
            values.append(try nextValue())
            guard position < bytes.count, bytes[position] == delimiter else { break }
            position += 1
        }
        if position < bytes.count {
            position += bytes[position] == 0x0D && position + 1 < bytes.count && bytes[position + 1] == 0x0A ? 2 : 1
        }
        return values
    }

    private func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

    private mutating func nextValue() throws(FormatFailure) -> String {
        // Spaces may stand before a quoted value.
        let quote = bytes[position...].firstIndex { $0 != 0x20 } ?? position
        if quote < bytes.count, bytes[quote] == Self.quote { position = quote }
        guard position < bytes.count, bytes[position] == Self.quote else { return String(decoding: nextBare(), as: UTF8.self) }
        var value: [UInt8] = []
        position += 1
        while position < bytes.count {
            let start = position
            while position < bytes.count, bytes[position] != Self.quote { position += 1 }
            value += bytes[start..<position]
            guard position < bytes.count else { break }
            position += 1
            guard position < bytes.count, bytes[position] == Self.quote else {
                // What follows the closing quote belongs to no rule; it is kept, as most programs do.
                value += nextBare()
                return String(decoding: value, as: UTF8.self)
            }
            value.append(Self.quote)
            position += 1
        }
        throw .damaged("a quoted value has no end")
    }

    private mutating func nextBare() -> ArraySlice<UInt8> {
        let start = position
        while position < bytes.count, bytes[position] != delimiter, !isLineEnd(bytes[position]) { position += 1 }
        return bytes[start..<position]
    }
}
