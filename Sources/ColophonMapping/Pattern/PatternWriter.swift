/// What a pattern says.
indirect enum PatternNode {
    case set(ScalarSet)
    case place(PatternPlace)
    case sequence([PatternNode])
    case choice([PatternNode])
    case group(PatternNode, Int)
    case times(PatternNode, ClosedRange<Int>, isOpen: Bool, isLazy: Bool)
}

/// Writes a pattern's program.
struct PatternWriter {
    private var steps: [PatternStep] = []

    private static let stepsMax = 5000

    static func program(of node: PatternNode) throws(PatternError) -> [PatternStep] {
        var writer = PatternWriter()
        try writer.write(node)
        return writer.steps + [.match]
    }

    private mutating func add(_ step: PatternStep) throws(PatternError) {
        guard steps.count < Self.stepsMax else { throw PatternError(reason: "It is too large.") }
        steps.append(step)
    }

    private mutating func write(_ node: PatternNode) throws(PatternError) {
        switch node {
        case .set(let set): try add(.take(set))
        case .place(let place): try add(.check(place))
        case .sequence(let nodes): for node in nodes { try write(node) }
        case .choice(let branches): try write(branches[...])
        case .group(let inner, let number):
            try add(.save(2 * number))
            try write(inner)
            try add(.save(2 * number + 1))
        case .times(let inner, let range, let isOpen, let isLazy):
            for _ in 0..<range.lowerBound { try write(inner) }
            if isOpen {
                let start = steps.count
                try add(.match)
                try write(inner)
                try add(.jump(start))
                steps[start] = split(start + 1, steps.count, isLazy)
            } else {
                for _ in range.lowerBound..<range.upperBound {
                    let start = steps.count
                    try add(.match)
                    try write(inner)
                    steps[start] = split(start + 1, steps.count, isLazy)
                }
            }
        }
    }

    private mutating func write(_ branches: ArraySlice<PatternNode>) throws(PatternError) {
        guard let first = branches.first, branches.count > 1 else {
            if let first = branches.first { try write(first) }
            return
        }
        let start = steps.count
        try add(.match)
        try write(first)
        let end = steps.count
        try add(.match)
        steps[start] = split(start + 1, steps.count, false)
        try write(branches.dropFirst())
        steps[end] = .jump(steps.count)
    }

    private func split(_ into: Int, _ past: Int, _ isLazy: Bool) -> PatternStep {
        isLazy ? .split(better: past, other: into) : .split(better: into, other: past)
    }
}
