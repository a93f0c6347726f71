extension PageLayout {
    /// Puts large initials before the line whose first letter they are.
    mutating func joinDropCaps() {
        var taken = Set<Int>()
        let initials = lines.indices.filter { lines[$0].text.utf8.count <= 4 && lines[$0].text.unicodeScalars.count == 1 }.prefix(50)
        for index in initials {
            let initial = lines[index]
            guard let letter = initial.text.unicodeScalars.first, letter.properties.isUppercase, !initial.isSideways else { continue }
            // The highest of the smaller lines at its right side.
            var best: Int?
            for (other, line) in lines.enumerated() where line.size * 1.7 <= initial.size && !line.isSideways {
                let gap = line.box.x0 - initial.box.x1
                guard gap > -0.2 * initial.size, gap < 1.2 * line.size, line.box.overlapY(initial.box) > 0.5 * line.box.height,
                    line.text.unicodeScalars.first?.properties.isAlphabetic == true
                else { continue }
                if let found = best, lines[found].box.y1 >= line.box.y1 { continue }
                best = other
            }
            guard let best else { continue }
            lines[best].text = initial.text + lines[best].text
            taken.insert(index)
        }
        guard !taken.isEmpty else { return }
        lines = lines.indices.filter { !taken.contains($0) }.map { lines[$0] }
    }
}
