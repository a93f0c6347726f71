import FoundationEssentials

/// Makes identifiers that sort by the time they were made (RFC 9562, section 5.7).
package enum UUIDv7 {
    /// A new identifier in lower case, 36 characters: 48 bits of milliseconds since 1970, then 74 random bits.
    ///
    /// - Parameter machine: Whose time the identifier carries; it is a sort key, nothing relies on it being exact.
    package static func make(on machine: Machine = .real) -> String {
        let high = UInt64(bitPattern: machine.wallClock.now().milliseconds) << 16 | 0x7000 | machine.random.next() & 0x0FFF
        let low = machine.random.next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        let digits = hex(high) + hex(low)
        let cuts = [0, 8, 12, 16, 20, 32]
        return zip(cuts, cuts.dropFirst()).map { String(digits.dropFirst($0).prefix($1 - $0)) }.joined(separator: "-")
    }

    private static func hex(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
