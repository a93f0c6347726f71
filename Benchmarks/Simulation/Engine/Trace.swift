/// What happened in a simulation, as a hash that two runs of one seed must share, and as lines when somebody wants to read them.
struct Trace {
    private(set) var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    private(set) var lines: [String] = []
    private let isKept: Bool

    init(isKept: Bool) { self.isKept = isKept }

    /// - Parameters:
    ///   - now: In virtual microseconds.
    ///   - process: Nil for what no process did.
    mutating func note(_ now: Int64, _ process: Int?, _ text: String) {
        mix(UInt64(bitPattern: now))
        mix(UInt64(bitPattern: Int64(process ?? -1)))
        for byte in text.utf8 { mix(byte) }
        if isKept {
            let seconds = String(Double(now) / 1e6)
            lines.append("\(seconds)s\t\(process.map { "p\($0)" } ?? "-")\t\(text)")
        }
    }

    /// FNV-1a (Fowler, Noll and Vo), by bytes and here also by words.
    private mutating func mix(_ value: UInt64) { hash = (hash ^ value) &* 0x100_0000_01B3 }
    private mutating func mix(_ byte: UInt8) { mix(UInt64(byte)) }
}
