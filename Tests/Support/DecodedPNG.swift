import Foundation

/// A PNG as a browser would read it, by code that shares nothing with what wrote it: check sums bit by bit, pixels by zlib.
package struct DecodedPNG {
    package enum Fault: Error {
        case signature
        case chunk(String)
        case checkSum(String)
        case header, pixels, noZlib
    }

    package let width: Int
    package let height: Int
    /// 1 for grey, 3 for colours.
    package let channels: Int
    /// From the top; one byte a channel.
    package let rows: [[UInt8]]

    package init(_ bytes: [UInt8]) throws {
        guard bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) else { throw Fault.signature }
        var chunks: [(type: String, data: [UInt8])] = []
        var rest = bytes.dropFirst(8)
        while !rest.isEmpty {
            guard rest.count >= 12 else { throw Fault.chunk("cut") }
            let length = Self.number(rest.prefix(4))
            let type = String(decoding: rest.dropFirst(4).prefix(4), as: UTF8.self)
            guard rest.count >= length + 12 else { throw Fault.chunk(type) }
            let sum = Self.number(rest.dropFirst(8 + length).prefix(4))
            guard sum == Self.checkSum(rest.dropFirst(4).prefix(4 + length)) else { throw Fault.checkSum(type) }
            chunks.append((type, Array(rest.dropFirst(8).prefix(length))))
            rest = rest.dropFirst(12 + length)
        }
        guard chunks.first?.type == "IHDR", chunks.last?.type == "IEND", let header = chunks.first?.data, header.count == 13 else {
            throw Fault.header
        }
        width = Self.number(header[0..<4])
        height = Self.number(header[4..<8])
        guard header[8] == 8, header[9] == 0 || header[9] == 2, header[10...] == [0, 0, 0] else { throw Fault.header }
        channels = header[9] == 0 ? 1 : 3
        rows = try Self.rows(
            in: chunks.filter { $0.type == "IDAT" }.flatMap(\.data), length: width * channels, count: height)
    }

    package func pixel(_ x: Int, _ y: Int) -> [UInt8] { Array(rows[y][(x * channels)..<((x + 1) * channels)]) }

    private static func rows(in stream: [UInt8], length: Int, count: Int) throws -> [[UInt8]] {
        typealias Uncompress =
            @convention(c) (UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<CUnsignedLong>?, UnsafePointer<UInt8>?, CUnsignedLong) ->
            CInt
        guard let library = dlopen("libz.so.1", RTLD_NOW), let symbol = dlsym(library, "uncompress") else { throw Fault.noZlib }
        var bytes = [UInt8](repeating: 0, count: (length + 1) * count + 1)
        var used = CUnsignedLong(bytes.count)
        let result = unsafeBitCast(symbol, to: Uncompress.self)(&bytes, &used, stream, CUnsignedLong(stream.count))
        guard result == 0, Int(used) == (length + 1) * count else { throw Fault.pixels }
        var above = [UInt8](repeating: 0, count: length)
        return try (0..<count).map { row in
            let start = row * (length + 1)
            let plain = bytes[(start + 1)..<(start + 1 + length)]
            switch bytes[start] {
            case 0: above = Array(plain)
            case 2: above = zip(plain, above).map { $0 &+ $1 }
            default: throw Fault.pixels
            }
            return above
        }
    }

    private static func number(_ bytes: some Sequence<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }

    private static func checkSum(_ bytes: some Sequence<UInt8>) -> Int {
        var sum: UInt32 = .max
        for byte in bytes {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
        }
        return Int(~sum)
    }
}
