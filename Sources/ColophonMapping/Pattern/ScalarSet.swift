/// Which scalars a place of a pattern takes.
struct ScalarSet: Sendable {
    enum Part: Sendable {
        case range(ClosedRange<UInt32>)
        case digits(Bool)
        case words(Bool)
        case spaces(Bool)
    }

    var parts: [Part] = []
    var isNegated = false
    var ignoresCase = false

    static let all = ScalarSet(parts: [.range(0...0x10FFFF)])

    init(parts: [Part] = [], isNegated: Bool = false, ignoresCase: Bool = false) {
        self.parts = parts
        self.isNegated = isNegated
        self.ignoresCase = ignoresCase
    }

    init(_ scalar: Unicode.Scalar, ignoresCase: Bool) {
        self.init(parts: [.range(scalar.value...scalar.value)], ignoresCase: ignoresCase)
    }

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        if has(scalar) { return !isNegated }
        guard ignoresCase else { return isNegated }
        let others = [scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping].compactMap(\.unicodeScalars.first)
        return others.contains(where: has) != isNegated
    }

    private func has(_ scalar: Unicode.Scalar) -> Bool {
        parts.contains { part in
            switch part {
            case .range(let range): range.contains(scalar.value)
            case .digits(let are): (scalar.properties.generalCategory == .decimalNumber) == are
            case .words(let are): Self.isWord(scalar) == are
            case .spaces(let are): scalar.properties.isWhitespace == are
            }
        }
    }

    static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.generalCategory == .decimalNumber
    }
}
