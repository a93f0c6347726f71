/// Rulings that touch each other, and the grid that they make.
///
/// Lines are snapped to common positions, joined where they follow each other, and grouped where they cross, which is the known way to
/// find ruled tables (Nurminen, "Algorithmic extraction of data in tables in PDF documents", 2013).
struct RulingGrid {
    var horizontals: [Ruling]
    var verticals: [Ruling]
    var box: Box

    /// How far apart lines may be and still be one, and how far from each other and still touch; in points.
    static let snap: Float = 2
    static let touch: Float = 3
    /// Shorter lines are the sides of boxes to tick.
    private static let minLength: Float = 12
    private static let maxLines = 3_000

    /// The groups of lines that cross or touch, in the order of their first line.
    static func grids(from rulings: [Ruling]) -> [RulingGrid] {
        let horizontals = merged(rulings.filter { $0.isHorizontal && $0.length > 4 }).filter { $0.length >= minLength }
        let verticals = merged(rulings.filter { !$0.isHorizontal && $0.length > 4 }).filter { $0.length >= minLength }
        guard !horizontals.isEmpty, !verticals.isEmpty, horizontals.count + verticals.count <= maxLines else { return [] }
        var groups = DisjointSets(count: horizontals.count + verticals.count)
        // Verticals by position: only those within a horizontal's reach are looked at.
        for (index, horizontal) in horizontals.enumerated() {
            var low = 0
            var high = verticals.count
            while low < high {
                let middle = (low + high) / 2
                if verticals[middle].position < horizontal.start - touch { low = middle + 1 } else { high = middle }
            }
            while low < verticals.count, verticals[low].position <= horizontal.end + touch {
                let vertical = verticals[low]
                if horizontal.position >= vertical.start - touch, horizontal.position <= vertical.end + touch {
                    groups.join(index, horizontals.count + low)
                }
                low += 1
            }
        }
        var grids: [Int: RulingGrid] = [:]
        var order: [Int] = []
        for index in 0..<(horizontals.count + verticals.count) {
            let root = groups.root(of: index)
            if grids[root] == nil {
                grids[root] = RulingGrid(horizontals: [], verticals: [], box: .empty)
                order.append(root)
            }
            let ruling = index < horizontals.count ? horizontals[index] : verticals[index - horizontals.count]
            if ruling.isHorizontal { grids[root]?.horizontals.append(ruling) } else { grids[root]?.verticals.append(ruling) }
            grids[root]?.box.formUnion(ruling.box)
        }
        return order.compactMap { grids[$0] }
    }

    /// Lines at nearly one position that overlap or nearly meet become one; sorted by position, then start.
    static func merged(_ rulings: [Ruling]) -> [Ruling] {
        var sorted = rulings.sorted { ($0.position, $0.start) < ($1.position, $1.start) }
        // Snap: a run of positions, each close to the one before, takes its first position.
        var anchor: Float = -.infinity
        for index in sorted.indices {
            if sorted[index].position - anchor > snap { anchor = sorted[index].position }
            sorted[index].position = anchor
        }
        sorted.sort { ($0.position, $0.start) < ($1.position, $1.start) }
        var result: [Ruling] = []
        for ruling in sorted {
            if let last = result.last, last.position == ruling.position, ruling.start <= last.end + touch {
                result[result.count - 1].end = max(last.end, ruling.end)
            } else {
                result.append(ruling)
            }
        }
        return result
    }

    /// The distinct positions of the verticals, from the left; where lines across reach past the outermost, as in a table that is open
    /// at its sides, their ends too.
    var columnEdges: [Float] { Self.closed(Self.distinct(verticals.map(\.position)), by: horizontals, stretch: 4) }

    /// The distinct positions of the horizontals, from the top; where lines down reach past the outermost, their ends too.
    var rowEdges: [Float] { Self.closed(Self.distinct(horizontals.map(\.position)), by: verticals, stretch: 1.5).reversed() }

    /// A side is open where so many of its lines reach so far past it, in points: room for a column or a row.
    private static let openLines = 2
    private static let openReach: Float = 10

    /// - Parameter stretch: How many times as wide as the widest within an outermost one may be: what is larger is no single row or column.
    private static func closed(_ edges: [Float], by crossing: [Ruling], stretch: Float) -> [Float] {
        guard let first = edges.first, let last = edges.last, let widest = zip(edges.dropFirst(), edges).map({ $0 - $1 }).max() else {
            return edges
        }
        let before = crossing.filter { $0.start < first - openReach }.map(\.start)
        let behind = crossing.filter { $0.end > last + openReach }.map(\.end)
        var edges = edges
        if before.count >= openLines, before.count * 2 > crossing.count, let start = before.min(), first - start <= stretch * widest {
            edges.insert(start, at: 0)
        }
        if behind.count >= openLines, behind.count * 2 > crossing.count, let end = behind.max(), end - last <= stretch * widest {
            edges.append(end)
        }
        return edges
    }

    private static func distinct(_ positions: [Float]) -> [Float] {
        var result: [Float] = []
        for position in positions.sorted() where position - (result.last ?? -.infinity) > touch { result.append(position) }
        return result
    }

    /// Whether a line at this position covers most of the way from `start` to `end`.
    static func covers(_ lines: [Ruling], position: Float, from start: Float, to end: Float) -> Bool {
        var covered: Float = 0
        for line in lines where abs(line.position - position) <= touch {
            covered += max(min(line.end, end) - max(line.start, start), 0)
        }
        return covered >= 0.6 * (end - start)
    }
}

/// Union–find with path halving.
struct DisjointSets {
    private var parents: [Int]

    init(count: Int) { parents = Array(0..<count) }

    mutating func root(of element: Int) -> Int {
        var element = element
        while parents[element] != element {
            parents[element] = parents[parents[element]]
            element = parents[element]
        }
        return element
    }

    /// The smaller root stays, so that results do not depend on the order of joining.
    mutating func join(_ first: Int, _ second: Int) {
        let a = root(of: first)
        let b = root(of: second)
        if a < b { parents[b] = a } else if b < a { parents[a] = b }
    }
}
