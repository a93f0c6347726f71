import DoclingDocument

/// The lists that the next item may belong to, outermost first.
struct OpenLists {
    private struct Level {
        var list: Reference
        var item: Reference?
        var x: Float
    }

    private var levels: [Level] = []
    private static let maxDepth = 6

    mutating func close() { levels.removeAll(keepingCapacity: true) }

    /// The list for an item at this place: the open one, a new one within its last item when it stands further in, or an outer one.
    mutating func list(at x: Float, size: Float, in document: inout DoclingDocument) -> Reference {
        while let last = levels.last, x < last.x - 0.8 * size, levels.count > 1 { levels.removeLast() }
        if let last = levels.last {
            if x > last.x + 0.8 * size, x < last.x + 12 * size, let item = last.item, levels.count < Self.maxDepth {
                let list = document.addList(parent: item)
                levels.append(Level(list: list, x: x))
                return list
            }
            return last.list
        }
        let list = document.addList()
        levels.append(Level(list: list, x: x))
        return list
    }

    mutating func added(_ item: Reference) {
        guard !levels.isEmpty else { return }
        levels[levels.count - 1].item = item
    }
}
