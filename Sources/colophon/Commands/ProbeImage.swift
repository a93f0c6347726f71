/// The smallest document that must be recognised: a white image without a word.
enum ProbeImage {
    private static let side: UInt8 = 64

    /// A TIFF of one strip, eight bits a pixel (TIFF 6.0, section 4).
    static let bytes: [UInt8] = {
        // Tag, type (short, or long where it is a place), how many, value.
        let pixels = 8 + 2 + 8 * 12 + 4
        let entries: [(tag: UInt16, type: UInt16, value: UInt32)] = [
            (256, 3, UInt32(side)), (257, 3, UInt32(side)), (258, 3, 8), (259, 3, 1), (262, 3, 1), (273, 4, UInt32(pixels)),
            (278, 3, UInt32(side)), (279, 4, UInt32(side) * UInt32(side)),
        ]
        func number(_ value: some FixedWidthInteger) -> [UInt8] { withUnsafeBytes(of: value.littleEndian) { Array($0) } }
        var bytes: [UInt8] = [0x49, 0x49] + number(UInt16(42)) + number(UInt32(8)) + number(UInt16(entries.count))
        for entry in entries { bytes += number(entry.tag) + number(entry.type) + number(UInt32(1)) + number(entry.value) }
        return bytes + number(UInt32(0)) + [UInt8](repeating: 255, count: Int(side) * Int(side))
    }()
}
