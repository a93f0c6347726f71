#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Packs bytes with zlib where the machine has it; every Debian does. Without it they are stored as they are, in the same format.
package struct Deflater {
    /// `compress2(3)`: target, its length and what is used of it, source, its length, level; 0 when all went well.
    private typealias Compress =
        @convention(c) (
            UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<CUnsignedLong>?, UnsafePointer<UInt8>?, CUnsignedLong, CInt
        ) -> CInt

    /// Of ten steps; more takes twice the time for some percent.
    private static let level: CInt = 4
    private static let libraryName = "libz.so.1"

    private let compress: Compress?

    /// Stores only.
    package static var storing: Deflater { Deflater(compress: nil) }

    /// Looks for the library, which is a file: to be called while files can be opened.
    package static func load() -> Deflater {
        guard let library = dlopen(libraryName, RTLD_NOW | RTLD_LOCAL), let symbol = dlsym(library, "compress2") else { return .storing }
        return Deflater(compress: unsafeBitCast(symbol, to: Compress.self))
    }

    private init(compress: Compress?) {
        self.compress = compress
    }

    package var hasLibrary: Bool { compress != nil }

    /// The bytes as a zlib stream (RFC 1950); never longer than when they are stored.
    package func zlibStream(of bytes: [UInt8]) -> [UInt8] {
        guard let compress, !bytes.isEmpty else { return Self.stored(bytes) }
        // What does not fit is not worth packing.
        let room = bytes.count
        var isPacked = false
        let packed = [UInt8](unsafeUninitializedCapacity: room) { target, count in
            var used = CUnsignedLong(room)
            isPacked = bytes.withUnsafeBufferPointer { source in
                compress(target.baseAddress, &used, source.baseAddress, CUnsignedLong(source.count), Self.level) == 0
            }
            count = isPacked ? min(Int(used), room) : 0
        }
        return isPacked ? packed : Self.stored(bytes)
    }

    /// Blocks that are not packed (RFC 1951, section 3.2.4).
    private static func stored(_ bytes: [UInt8]) -> [UInt8] {
        let blockMax = 65_535
        // 32 KiB of window, the fastest method, no dictionary: with that the two bytes are a multiple of 31.
        var stream: [UInt8] = [0x78, 0x01]
        stream.reserveCapacity(bytes.count + bytes.count / blockMax * 5 + 16)
        var rest = bytes[...]
        repeat {
            let block = rest.prefix(blockMax)
            rest = rest.dropFirst(blockMax)
            let length = UInt16(block.count)
            stream.append(rest.isEmpty ? 1 : 0)
            for number in [length, ~length] { stream += [UInt8(truncatingIfNeeded: number), UInt8(truncatingIfNeeded: number >> 8)] }
            stream += block
        } while !rest.isEmpty
        withUnsafeBytes(of: adler32(of: bytes).bigEndian) { stream += $0 }
        return stream
    }

    /// RFC 1950, section 8.2.
    private static func adler32(of bytes: [UInt8]) -> UInt32 {
        let modulus: UInt32 = 65_521
        // So many bytes cannot overflow the sums.
        let batch = 5_552
        var low: UInt32 = 1
        var high: UInt32 = 0
        bytes.withUnsafeBufferPointer { bytes in
            for start in stride(from: 0, to: bytes.count, by: batch) {
                for byte in bytes[start..<min(start + batch, bytes.count)] {
                    low &+= UInt32(byte)
                    high &+= low
                }
                low %= modulus
                high %= modulus
            }
        }
        return high << 16 | low
    }
}
