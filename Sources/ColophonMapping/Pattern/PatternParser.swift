/// Reads a pattern's text and writes its program.
struct PatternParser {
    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var groupCount = 1
    private var ignoresCase = false

    private static let scalarsMax = 1000
    private static let timesMax = 200
    private static let depthMax = 32

    init(_ source: String) throws(PatternError) {
        scalars = Array(source.unicodeScalars)
        guard !scalars.isEmpty else { throw PatternError(reason: "It is empty.") }
        guard scalars.count <= Self.scalarsMax else { throw PatternError(reason: "It is longer than \(Self.scalarsMax) characters.") }
    }

    mutating func program() throws(PatternError) -> ([PatternStep], captureCount: Int) {
        if take("(?i)") { ignoresCase = true }
        let node = try choice(depth: 0)
        guard position == scalars.count else { throw PatternError(reason: "A parenthesis is closed that is not open.") }
        return (try PatternWriter.program(of: .group(node, 0)), groupCount)
    }

    // MARK: Reading

    private var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    private mutating func take(_ text: String) -> Bool {
        guard scalars[position...].starts(with: text.unicodeScalars) else { return false }
        position += text.unicodeScalars.count
        return true
    }

    private mutating func choice(depth: Int) throws(PatternError) -> PatternNode {
        guard depth <= Self.depthMax else { throw PatternError(reason: "Its parentheses are nested more than \(Self.depthMax) deep.") }
        var branches: [PatternNode] = []
        repeat { branches.append(try sequence(depth: depth)) } while take("|")
        return branches.count == 1 ? branches[0] : .choice(branches)
    }

    private mutating func sequence(depth: Int) throws(PatternError) -> PatternNode {
        var nodes: [PatternNode] = []
        while let scalar = next, scalar != "|", scalar != ")" { nodes.append(try repeated(try atom(depth: depth))) }
        return .sequence(nodes)
    }

    private mutating func atom(depth: Int) throws(PatternError) -> PatternNode {
        let scalar = scalars[position]
        position += 1
        switch scalar {
        case "(":
            let captures = !take("?:")
            if captures, next == "?" { throw PatternError(reason: "It has a group that begins with (? and is not known here.") }
            let number = groupCount
            if captures { groupCount += 1 }
            let inner = try choice(depth: depth + 1)
            guard take(")") else { throw PatternError(reason: "A parenthesis is not closed.") }
            return captures ? .group(inner, number) : inner
        case "[": return .set(try set())
        case ".": return .set(.all)
        case "^": return .place(.start)
        case "$": return .place(.end)
        case "\\": return try escaped()
        case "*", "+", "?": throw PatternError(reason: "\(scalar) repeats nothing.")
        default: return .set(ScalarSet(scalar, ignoresCase: ignoresCase))
        }
    }

    private mutating func escaped() throws(PatternError) -> PatternNode {
        guard let scalar = next else { throw PatternError(reason: "It ends in a backslash.") }
        position += 1
        switch scalar {
        case "b": return .place(.wordEdge)
        case "B": return .place(.noWordEdge)
        default:
            if let part = Self.part(scalar) { return .set(ScalarSet(parts: [part])) }
            return .set(ScalarSet(try Self.meant(scalar), ignoresCase: ignoresCase))
        }
    }

    private static func part(_ scalar: Unicode.Scalar) -> ScalarSet.Part? {
        switch scalar {
        case "d": .digits(true)
        case "D": .digits(false)
        case "w": .words(true)
        case "W": .words(false)
        case "s": .spaces(true)
        case "S": .spaces(false)
        default: nil
        }
    }

    private static func meant(_ scalar: Unicode.Scalar) throws(PatternError) -> Unicode.Scalar {
        switch scalar {
        case "n": return "\n"
        case "t": return "\t"
        default:
            guard !ScalarSet.isWord(scalar) else { throw PatternError(reason: "\\\(scalar) is not known here.") }
            return scalar
        }
    }

    private mutating func set() throws(PatternError) -> ScalarSet {
        var set = ScalarSet(isNegated: take("^"), ignoresCase: ignoresCase)
        var isFirst = true
        while let scalar = next, isFirst || scalar != "]" {
            isFirst = false
            position += 1
            var low = scalar
            if scalar == "\\" {
                guard let escaped = next else { break }
                position += 1
                if let part = Self.part(escaped) {
                    set.parts.append(part)
                    continue
                }
                low = try Self.meant(escaped)
            }
            guard next == "-", position + 1 < scalars.count, scalars[position + 1] != "]" else {
                set.parts.append(.range(low.value...low.value))
                continue
            }
            position += 1
            var high = scalars[position]
            position += 1
            if high == "\\", let escaped = next {
                high = try Self.meant(escaped)
                position += 1
            }
            guard low.value <= high.value else { throw PatternError(reason: "A range runs backwards.") }
            set.parts.append(.range(low.value...high.value))
        }
        guard take("]") else { throw PatternError(reason: "A bracket is not closed.") }
        return set
    }

    private mutating func repeated(_ node: PatternNode) throws(PatternError) -> PatternNode {
        var result = node
        var count = 0
        while let scalar = next, let (range, isOpen) = try times(scalar) {
            count += 1
            guard count <= 2 else { throw PatternError(reason: "Something is repeated over and over.") }
            result = .times(result, range, isOpen: isOpen, isLazy: take("?"))
        }
        return result
    }

    private mutating func times(_ scalar: Unicode.Scalar) throws(PatternError) -> (ClosedRange<Int>, isOpen: Bool)? {
        switch scalar {
        case "*":
            position += 1
            return (0...0, true)
        case "+":
            position += 1
            return (1...1, true)
        case "?":
            position += 1
            return (0...1, false)
        case "{":
            guard let end = scalars[position...].firstIndex(of: "}") else { throw PatternError(reason: "A brace is not closed.") }
            let text = String(String.UnicodeScalarView(scalars[(position + 1)..<end]))
            position = end + 1
            let bounds = text.split(separator: ",", omittingEmptySubsequences: false)
            guard let low = bounds.first.flatMap({ Int($0) }), bounds.count <= 2 else {
                throw PatternError(reason: "{\(text)} is no count.")
            }
            let isOpen = bounds.count == 2 && bounds[1].isEmpty
            guard let high = isOpen || bounds.count == 1 ? low : Int(bounds[1]), 0 <= low, low <= high, high <= Self.timesMax else {
                throw PatternError(reason: "{\(text)} is no count up to \(Self.timesMax).")
            }
            return (low...high, isOpen)
        default: return nil
        }
    }
}
