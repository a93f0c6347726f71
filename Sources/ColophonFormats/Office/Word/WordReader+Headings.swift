import DoclingDocument

extension WordReader {
    /// What new items belong to: the innermost heading that is open without a gap above it, or the body.
    var parent: Reference? {
        let free = headings.firstIndex { $0 == nil } ?? headings.count
        return free > 0 ? headings[free - 1] : nil
    }

    mutating func addTitle(_ text: String) throws(FormatFailure) {
        try budget.spendItem()
        lists = []
        close(from: 0)
        headings[0] = document.addTitle(text)
    }

    /// Adds a heading under that of the level above; where there is none, groups stand in for the levels that are missing.
    mutating func addHeading(_ text: String, level: Int, isNumbered: Bool) throws(FormatFailure) {
        lists = []
        close(from: level)
        let free = headings.firstIndex { $0 == nil } ?? level
        for missing in free..<max(free, level) {
            try budget.spendItem()
            headings[missing] = document.addGroup(.section, name: "header-\(missing)", parent: parent)
        }
        try budget.spendItem()
        let text = isNumbered ? "\(nextHeadingNumber(level: level)) \(text)" : text
        headings[level] = document.addHeading(text, level: level, parent: parent)
    }

    private mutating func close(from level: Int) {
        for index in level..<headings.count { headings[index] = nil }
    }

    /// Such as `2.1`: the counters of this level and of those above that have counted.
    private mutating func nextHeadingNumber(level: Int) -> String {
        headingCounters[level] += 1
        for deeper in headingCounters.indices.dropFirst(level + 1) { headingCounters[deeper] = 0 }
        return headingCounters[1...level].drop { $0 == 0 }.map { String(max($0, 1)) }.joined(separator: ".")
    }
}
