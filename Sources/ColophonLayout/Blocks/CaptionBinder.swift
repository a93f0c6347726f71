/// Binds captions to the picture or table they stand next to.
enum CaptionBinder {
    /// For each block that is a picture or a table, by its place in the order, the place of its caption.
    ///
    /// The nearest one wins; a caption that begins with `Table` prefers tables. Each picture or table takes one caption.
    static func captions(in blocks: [Block], page: PageLayout) -> [Int: Int] {
        var result: [Int: Int] = [:]
        for (place, caption) in blocks.enumerated() where caption.kind == .caption {
            guard let first = caption.lines.first else { continue }
            let namesTable = page.lines[first].text.lowercased().hasPrefix("tab")
            var best: (place: Int, distance: Float)?
            for (other, block) in blocks.enumerated() where result[other] == nil {
                let isTable: Bool
                switch block.kind {
                case .table: isTable = true
                case .picture(let index) where !page.pictures[index].isBackground: isTable = false
                default: continue
                }
                guard block.box.overlapX(caption.box) > 0 else { continue }
                let gap = max(-block.box.overlapY(caption.box), 0)
                guard gap < 4 * caption.size else { continue }
                let distance = gap + (isTable == namesTable ? 0 : 3 * caption.size)
                if let found = best, found.distance <= distance { continue }
                best = (other, distance)
            }
            if let best { result[best.place] = place }
        }
        return result
    }
}
