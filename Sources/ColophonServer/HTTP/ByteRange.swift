/// What a `Range` header asks of a body of known length (RFC 9110, section 14.2).
enum ByteRange: Equatable {
    /// The whole body: no range, one that is malformed, or more than one, which a server may ignore.
    case whole
    case part(Range<Int64>)
    /// None of the body lies in the range: 416.
    case unsatisfiable

    /// - Parameters:
    ///   - header: The header's value; nil when there is none.
    ///   - length: The body's length in bytes.
    init(_ header: String?, length: Int64) {
        guard let header, let range = Self.parse(header) else {
            self = .whole
            return
        }
        switch range {
        case (let first?, let last?) where first <= last && first < length: self = .part(first..<(min(last, length - 1) + 1))
        case (let first?, nil) where first < length: self = .part(first..<length)
        case (nil, let suffix?) where suffix > 0 && length > 0: self = .part(max(0, length - suffix)..<length)
        // A last position before the first makes the header invalid, and invalid ones are ignored.
        case (let first?, let last?) where last < first: self = .whole
        default: self = .unsatisfiable
        }
    }

    private static func parse(_ header: String) -> (Int64?, Int64?)? {
        let parts = header.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].lowercased().filter({ $0 != " " }) == "bytes" else { return nil }
        let ends = parts[1].filter { $0 != " " }.split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2, !(ends[0].isEmpty && ends[1].isEmpty) else { return nil }
        let digits = ends.map { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
        guard digits == [true, true] else { return nil }
        // Positions past what fits are past the end of any body.
        let numbers = ends.map { $0.isEmpty ? nil : Int64($0) ?? .max }
        return (numbers[0], numbers[1])
    }
}
