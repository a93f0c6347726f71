/// Finds out what separates the values.
enum CSVDialect {
    /// The likeliest first.
    private static let delimiters: [UInt8] = [UInt8](",\t;|:".utf8)
    private static let recordsMax = 20
    private static let bytesMax = 65_536

    /// The delimiter that the first record holds and that most of the first records hold as often; a comma when there is none.
    static func delimiter(of bytes: [UInt8]) -> UInt8 {
        let records = counts(in: bytes.prefix(bytesMax))
        guard let head = records.first else { return delimiters[0] }
        var best = (index: 0, agreeing: 0)
        for index in delimiters.indices where head[index] > 0 {
            let agreeing = records.count { $0[index] == head[index] }
            if agreeing > best.agreeing { best = (index, agreeing) }
        }
        return delimiters[best.index]
    }

    /// How often each delimiter lies outside of quotes, for each of the first records.
    private static func counts(in bytes: ArraySlice<UInt8>) -> [[Int]] {
        var records: [[Int]] = []
        var record = [Int](repeating: 0, count: delimiters.count)
        var isQuoted = false
        var isEmpty = true
        for byte in bytes {
            if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if !isQuoted, byte == 0x0A || byte == 0x0D {
                if !isEmpty { records.append(record) }
                guard records.count < recordsMax else { return records }
                record = [Int](repeating: 0, count: delimiters.count)
                isEmpty = true
                continue
            } else if !isQuoted, let index = delimiters.firstIndex(of: byte) {
                record[index] += 1
            }
            isEmpty = false
        }
        if !isEmpty { records.append(record) }
        return records
    }
}
