import ColophonLayout

/// Puts an archive together (APPNOTE 6.3), each part deflated.
struct ZipFile {
    private var body: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0
    private let deflater = Deflater.load()

    mutating func add(_ name: String, _ content: [UInt8]) {
        // A raw stream is one of zlib's without its two bytes before and four behind (RFC 1950).
        let data = deflater.zlibStream(of: content).dropFirst(2).dropLast(4)
        let name = Array(name.utf8)
        let sizes = Self.little(Self.checksum(of: content), 4) + Self.little(data.count, 4) + Self.little(content.count, 4)
        let common = Self.little(20, 2) + [0, 0, 8, 0, 0, 0, 0, 0] + sizes + Self.little(name.count, 2) + [0, 0]
        directory += Self.little(0x0201_4B50, 4) + [20, 0] + common + [UInt8](repeating: 0, count: 10) + Self.little(body.count, 4) + name
        body += Self.little(0x0403_4B50, 4) + common + name + data
        count += 1
    }

    func finished() -> [UInt8] {
        let counts = Self.little(count, 2)
        return body + directory + Self.little(0x0605_4B50, 4) + [0, 0, 0, 0] + counts + counts + Self.little(directory.count, 4)
            + Self.little(body.count, 4) + [0, 0]
    }

    private static func little(_ number: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) } }

    /// CRC-32 (ISO 3309).
    static func checksum(of bytes: [UInt8]) -> Int {
        var checksum = ~UInt32(0)
        for byte in bytes { checksum = table[Int(UInt8(truncatingIfNeeded: checksum) ^ byte)] ^ (checksum >> 8) }
        return Int(~checksum)
    }

    private static let table: [UInt32] = (0..<256).map { number in
        var value = UInt32(number)
        for _ in 0..<8 {
            let isOdd = value & 1 == 1
            value >>= 1
            if isOdd { value ^= 0xEDB8_8320 }
        }
        return value
    }
}
