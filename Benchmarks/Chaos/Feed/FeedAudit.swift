/// Compares what readers saw with what is stored.
struct FeedAudit {
    private(set) var findings: [String] = []
    private(set) var (read, lost, doubled, disordered, foreign) = (0, 0, 0, 0, 0)

    /// The stored feed itself: dense, up to its head.
    mutating func check(_ table: [FeedEntry], head: Int64, of workspace: String) {
        if table.count != Int(head) || table.first?.id != 1 || table.last?.id != head {
            findings.append(
                "\(workspace): \(table.count) changes are stored, from \(table.first?.id ?? 0) to \(table.last?.id ?? 0); the head is \(head)"
            )
        }
    }

    /// One reader's record against the feed from where it began.
    mutating func check(_ record: FeedReader.Record, against table: [FeedEntry], reader: String) {
        findings += record.faults.map { "\(reader): \($0)" }
        guard let start = record.start else { return findings.append("\(reader) never began") }
        let expected = table[(table.partitioningIndex { $0.id > start })...]
        read += record.entries.count
        if !record.isDone { findings.append("\(reader) did not come to the end: it is at \(record.position ?? -1)") }
        guard !expected.elementsEqual(record.entries) else { return }
        if let difference = zip(expected, record.entries).first(where: { $0 != $1 }) {
            findings.append("\(reader): \(difference.1) came where \(difference.0) is stored")
        } else {
            findings.append("\(reader): \(record.entries.count) changes came, \(expected.count) are stored")
        }
        count(record.entries, expected)
    }

    private mutating func count(_ seen: [FeedEntry], _ expected: ArraySlice<FeedEntry>) {
        let stored = Dictionary(uniqueKeysWithValues: expected.map { ($0.id, $0.what) })
        let distinct = Set(seen.map(\.id))
        let position = seen.last?.id ?? 0
        // What lies before where the reader is; it will never ask for it again.
        lost += expected.count { $0.id <= position && !distinct.contains($0.id) }
        doubled += seen.count - distinct.count
        disordered += zip(seen, seen.dropFirst()).count { $1.id <= $0.id }
        foreign += seen.count { stored[$0.id] != $0.what }
    }

    var summary: String {
        "\(read) changes read, \(lost) lost, \(doubled) doubled, \(disordered) out of order, \(foreign) that were never committed"
    }
}

extension Array {
    /// The first index from which on `belongs` holds.
    fileprivate func partitioningIndex(where belongs: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if belongs(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
