/// Slots of a sheet, joined where they touch at a side (union-find).
struct Islands {
    private var nodes: [Int: Int32] = [:]
    private var parents: [Int32] = []
    private var places: [(row: Int32, column: Int32)] = []

    /// Does nothing for a slot that is there.
    mutating func insert(row: Int, column: Int) {
        let key = SheetRegions.key(row, column)
        guard nodes[key] == nil else { return }
        let node = Int32(parents.count)
        nodes[key] = node
        parents.append(node)
        places.append((Int32(row), Int32(column)))
        for (row, column) in [(row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)]
        where row >= 0 && (0..<Worksheet.columnsMax).contains(column) {
            if let other = nodes[SheetRegions.key(row, column)] { join(node, other) }
        }
    }

    private mutating func join(_ first: Int32, _ second: Int32) {
        let (first, second) = (root(of: first), root(of: second))
        // The older root stays; halving paths keeps the cost low either way.
        parents[Int(max(first, second))] = min(first, second)
    }

    private mutating func root(of node: Int32) -> Int32 {
        var node = node
        while parents[Int(node)] != node {
            parents[Int(node)] = parents[Int(parents[Int(node)])]
            node = parents[Int(node)]
        }
        return node
    }

    /// The rectangle around the island that a slot belongs to; `nil` for one that is not there.
    func bounds() -> (_ row: Int, _ column: Int) -> Worksheet.Range? {
        var islands = self
        var bounds: [Int32: Worksheet.Range] = [:]
        for (index, place) in places.enumerated() {
            let (row, column) = (Int(place.row), Int(place.column))
            let root = islands.root(of: Int32(index))
            let old = bounds[root] ?? Worksheet.Range(rows: row...row, columns: column...column)
            bounds[root] = Worksheet.Range(
                rows: min(old.rows.lowerBound, row)...max(old.rows.upperBound, row),
                columns: min(old.columns.lowerBound, column)...max(old.columns.upperBound, column))
        }
        let roots = places.indices.map { islands.root(of: Int32($0)) }
        return { [nodes] row, column in nodes[SheetRegions.key(row, column)].flatMap { bounds[roots[Int($0)]] } }
    }
}
