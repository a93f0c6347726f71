import ColophonSamples

/// Damages files at random, the same way for the same seed.
struct Mutator {
    private var generator: SplitMix64

    init(seed: UInt64) { generator = SplitMix64(seed: seed) }

    /// One to four kinds of damage, one after the other; never empty.
    mutating func mutate(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<below(4) + 1 where bytes.count > 16 {
            switch below(8) {
            case 0: for _ in 0..<below(64) + 1 { bytes[below(bytes.count)] ^= 1 << UInt8(below(8)) }
            case 1: bytes.removeLast(below(bytes.count - 8))
            case 2: for index in range(of: bytes) { bytes[index] = 0 }
            case 3: bytes.insert(contentsOf: Array(bytes[range(of: bytes)]), at: below(bytes.count))
            case 4: bytes.removeSubrange(range(of: bytes, most: bytes.count / 4))
            case 5: for index in range(of: bytes, most: 256) { bytes[index] = UInt8(truncatingIfNeeded: generator.next()) }
            case 6: enlargeNumber(in: &bytes)
            default: swapWords(in: &bytes)
            }
        }
        return bytes
    }

    private mutating func below(_ bound: Int) -> Int { bound <= 1 ? 0 : Int(generator.next() % UInt64(bound)) }

    private mutating func range(of bytes: [UInt8], most: Int = 4096) -> Range<Int> {
        let start = below(bytes.count)
        return start..<min(bytes.count, start + below(max(most, 1)) + 1)
    }

    /// Lengths, offsets, counts and sizes are numbers: one becomes as large as its place allows.
    private mutating func enlargeNumber(in bytes: inout [UInt8]) {
        let from = below(bytes.count)
        guard let start = bytes[from...].firstIndex(where: { (0x30...0x39).contains($0) }) else { return }
        let end = bytes[start...].firstIndex { !(0x30...0x39).contains($0) } ?? bytes.endIndex
        for index in start..<min(end, start + 12) { bytes[index] = 0x39 }
        if below(2) == 0 { bytes[start] = 0x2D }
    }

    /// Two words change places, as far as the shorter one reaches.
    private mutating func swapWords(in bytes: inout [UInt8]) {
        let (first, second) = (range(of: bytes, most: 24), range(of: bytes, most: 24))
        for (one, other) in zip(first, second) where one != other { bytes.swapAt(one, other) }
    }
}
