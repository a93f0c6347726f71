/// A regular expression that takes time in proportion to the text, whatever both are: patterns come from operators and texts from strangers,
/// and one that backtracks can be kept busy for years by a line of forty letters.
///
/// It knows letters, `.`, classes such as `[A-Z0-9-]`, `\d \w \s \b` and their opposites, `^ $`, `( )`, `(?: )`, `|`, `? * + {m,n}`, their lazy
/// forms, and `(?i)` at its beginning. It has neither references back nor looks around. The machine is that of Ken Thompson with Rob Pike's
/// captures (https://swtch.com/~rsc/regexp/regexp2.html).
struct Pattern: Hashable, Sendable {
    let source: String
    private let program: [PatternStep]
    private let captureCount: Int

    /// Longer texts are matched up to here.
    static let scalarsMax = 500

    init(_ source: String) throws(PatternError) {
        var parser = try PatternParser(source)
        (program, captureCount) = try parser.program()
        self.source = source
    }

    static func == (a: Pattern, b: Pattern) -> Bool { a.source == b.source }

    func hash(into hasher: inout Hasher) { hasher.combine(source) }

    /// The first match, from the left: where it is, in scalars, and its first group that took part, or else the whole of it.
    func firstMatch(in text: String) -> Range<Int>? {
        let scalars = Array(text.unicodeScalars.prefix(Self.scalarsMax + 1))
        let isCut = scalars.count > Self.scalarsMax
        guard let captures = run(on: Array(scalars.prefix(Self.scalarsMax)), anchored: false, isCut: isCut) else { return nil }
        for group in 1..<max(captureCount, 1) where captures[2 * group] >= 0 && captures[2 * group + 1] >= captures[2 * group] {
            return captures[2 * group]..<captures[2 * group + 1]
        }
        return captures[0]..<captures[1]
    }

    func matchesWhole(_ text: String) -> Bool {
        let scalars = Array(text.unicodeScalars)
        guard scalars.count <= Self.scalarsMax else { return false }
        return run(on: scalars, anchored: true) != nil
    }

    private struct Thread {
        var step: Int
        var captures: [Int]
    }

    /// - Parameters:
    ///   - anchored: Whether the match must be the whole text.
    ///   - isCut: Whether the text goes on behind the scalars, so that they have no end.
    private func run(on scalars: [Unicode.Scalar], anchored: Bool, isCut: Bool = false) -> [Int]? {
        var current: [Thread] = []
        var matched: [Int]?
        for position in 0...scalars.count {
            if matched == nil, !anchored || position == 0 {
                var seen = Set(current.map(\.step))
                add(
                    Thread(step: 0, captures: [Int](repeating: -1, count: 2 * captureCount)), at: position, scalars, isCut, to: &current,
                    &seen)
            }
            var next: [Thread] = []
            var seen: Set<Int> = []
            for thread in current {
                switch program[thread.step] {
                case .take(let set):
                    guard position < scalars.count, set.contains(scalars[position]) else { continue }
                    add(Thread(step: thread.step + 1, captures: thread.captures), at: position + 1, scalars, isCut, to: &next, &seen)
                case .match:
                    if anchored, position < scalars.count { continue }
                    matched = thread.captures
                default: continue
                }
                // A thread that matched is better than all behind it.
                if matched != nil, case .match = program[thread.step] { break }
            }
            current = next
            if current.isEmpty, matched != nil || anchored { break }
        }
        return matched
    }

    /// Follows what takes no scalar, the better way first.
    private func add(
        _ thread: Thread, at position: Int, _ scalars: [Unicode.Scalar], _ isCut: Bool, to threads: inout [Thread], _ seen: inout Set<Int>
    ) {
        var open = [thread]
        while let thread = open.popLast() {
            switch program[thread.step] {
            case .take, .match:
                if seen.insert(thread.step).inserted { threads.append(thread) }
            case .jump(let step):
                guard seen.insert(thread.step).inserted else { continue }
                open.append(Thread(step: step, captures: thread.captures))
            case .split(let better, let other):
                guard seen.insert(thread.step).inserted else { continue }
                open.append(Thread(step: other, captures: thread.captures))
                open.append(Thread(step: better, captures: thread.captures))
            case .save(let slot):
                guard seen.insert(thread.step).inserted else { continue }
                var captures = thread.captures
                captures[slot] = position
                open.append(Thread(step: thread.step + 1, captures: captures))
            case .check(let place):
                guard place.holds(at: position, in: scalars), !(isCut && place == .end), seen.insert(thread.step).inserted else { continue }
                open.append(Thread(step: thread.step + 1, captures: thread.captures))
            }
        }
    }
}

struct PatternError: Error {
    /// A sentence.
    var reason: String
}

enum PatternStep: Sendable {
    case take(ScalarSet)
    case split(better: Int, other: Int)
    case jump(Int)
    case save(Int)
    case check(PatternPlace)
    case match
}

/// A place between two scalars.
enum PatternPlace: Sendable {
    case start, end, wordEdge, noWordEdge

    func holds(at position: Int, in scalars: [Unicode.Scalar]) -> Bool {
        let isEdge = { Self.isWord(scalars, position - 1) != Self.isWord(scalars, position) }
        return switch self {
        case .start: position == 0
        case .end: position == scalars.count
        case .wordEdge: isEdge()
        case .noWordEdge: !isEdge()
        }
    }

    private static func isWord(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
        scalars.indices.contains(index) && ScalarSet.isWord(scalars[index])
    }
}
