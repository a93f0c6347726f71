import Foundation

/// Finds the value of one field in what the pages show.
struct FieldFinder {
    let text: SourceText
    let numbers: NumberReader
    let dates: DateReader

    /// How sure a value is, by the way it was found.
    private enum Confidence {
        static let right = 0.95
        static let below = 0.85
        static let block = 0.8
        static let pattern = 0.75
        static let line = 0.5
        /// A label that may be the beginning of another one.
        static let notWhole = 0.8
    }

    /// How far below its label a value may stand, in the label's heights.
    private static let belowMax: Float = 4
    private static let rowsBelowMax = 3

    /// - Parameter accepts: Whether a value will do; the next place is tried where it does not.
    /// - Returns: Nil where the way finds nothing, or is none that looks at the pages.
    func value(of type: ValueType, by finding: Finding, accepts: (MappedValue) -> Bool) -> MappedValue? {
        let reader = ValueReader(type: type, numbers: numbers, dates: dates)
        switch finding {
        case .label(let rule): return beside(rule, reader, accepts)
        case .block(let labels, let lines): return block(labels, lines, reader, accepts)
        case .pattern(let pattern, let isLast): return matching(pattern, isLast: isLast, reader, accepts)
        case .line(let number):
            let rows = text.rows.filter { $0.page == 0 }
            guard rows.indices.contains(number - 1),
                let found = reader.first(in: rows[number - 1], from: 0, to: rows[number - 1].words.count)
            else { return nil }
            let value = value(found, in: rows[number - 1], Confidence.line)
            return accepts(value) ? value : nil
        case .embedded, .setting, .literal: return nil
        }
    }

    private func value(_ reading: ValueReader.Reading, in row: TextRow, _ confidence: Double) -> MappedValue {
        let place = text.place(row.box(reading.words), onPage: row.page, text: row.text(reading.words))
        return MappedValue(reading.content, source: .layout, confidence: confidence, places: [place])
    }

    private func beside(_ rule: LabelRule, _ reader: ValueReader, _ accepts: (MappedValue) -> Bool) -> MappedValue? {
        let matches = LabelFinder(rule.labels).matches(in: text, isLast: rule.isLast)
        // The name of an amount may head a column too: what stands behind it anywhere is meant before what stands below it.
        if reader.type == .number, rule.side == .beside {
            for match in matches where match.isWhole { if let value = right(of: match, rule, reader), accepts(value) { return value } }
        }
        for match in matches {
            if rule.side != .below, let value = right(of: match, rule, reader), accepts(value) { return value }
            if rule.side != .right, let value = below(match, rule, reader, accepts) { return value }
        }
        return nil
    }

    private func right(of match: LabelFinder.Match, _ rule: LabelRule, _ reader: ValueReader) -> MappedValue? {
        let row = text.rows[match.row]
        return reader.first(in: row, from: match.words.upperBound, to: row.words.count, pattern: rule.pattern).map {
            value($0, in: row, Confidence.right * (match.isWhole ? 1 : Confidence.notWhole))
        }
    }

    private func below(
        _ match: LabelFinder.Match, _ rule: LabelRule, _ reader: ValueReader, _ accepts: (MappedValue) -> Bool
    ) -> MappedValue? {
        for (row, run) in runs(below: text.rows[match.row].box(match.words), afterRow: match.row).prefix(Self.rowsBelowMax) {
            guard let found = reader.first(in: row, from: run.lowerBound, to: run.upperBound, pattern: rule.pattern) else { continue }
            let value = value(found, in: row, Confidence.below * (match.isWhole ? 1 : Confidence.notWhole))
            if accepts(value) { return value }
        }
        return nil
    }

    /// The runs of words under a label, row by row, as long as they stand close below each other.
    private func runs(below label: PlacedBox, afterRow index: Int, linesMax: Int = rowsBelowMax) -> [(row: TextRow, run: Range<Int>)] {
        var runs: [(TextRow, Range<Int>)] = []
        var bottom = label.bottom
        for row in text.rows[(index + 1)...] {
            guard row.page == text.rows[index].page, runs.count < linesMax else { break }
            guard row.box.top >= label.bottom - 0.4 * label.height else { continue }
            guard row.box.top - bottom <= Self.belowMax * label.height else { break }
            let under = row.runs(maxGap: LabelFinder.gapMax).filter { run in
                let box = row.box(run)
                return box.overlapX(label) > 0 || abs(box.left - label.left) <= label.height
            }
            guard let run = under.min(by: { abs(row.box($0).left - label.left) < abs(row.box($1).left - label.left) }) else { continue }
            // Lines of one block stand closer than its first one to the label.
            if !runs.isEmpty, row.box(run).top - bottom > 1.5 * label.height, linesMax > Self.rowsBelowMax { break }
            bottom = row.box(run).bottom
            runs.append((row, run))
        }
        return runs
    }

    private func block(
        _ labels: [Label], _ lines: ClosedRange<Int>, _ reader: ValueReader, _ accepts: (MappedValue) -> Bool
    ) -> MappedValue? {
        for match in LabelFinder(labels).matches(in: text, isLast: false) {
            let all = runs(
                below: text.rows[match.row].box(match.words), afterRow: match.row, linesMax: max(lines.upperBound, Self.rowsBelowMax + 1))
            let taken = all.prefix(lines.upperBound).dropFirst(lines.lowerBound - 1)
            let texts = taken.map { $0.row.text($0.run) }.filter { !TextKey($0).isEmpty }
            let whole = texts.reduce("") { $0.isEmpty ? $1 : $0.hasSuffix(",") ? "\($0) \($1)" : "\($0), \($1)" }
            guard let content = reader.whole(whole) else { continue }
            let places = taken.map { text.place($0.row.box($0.run), onPage: $0.row.page, text: $0.row.text($0.run)) }
            let value = MappedValue(
                content, source: .layout, confidence: Confidence.block * (match.isWhole ? 1 : Confidence.notWhole), places: places)
            if accepts(value) { return value }
        }
        return nil
    }

    private func matching(_ pattern: Pattern, isLast: Bool, _ reader: ValueReader, _ accepts: (MappedValue) -> Bool) -> MappedValue? {
        for row in isLast ? text.rows.reversed() : text.rows {
            guard let (match, words) = ValueReader.match(pattern, in: row, row.words.indices), let content = reader.whole(match) else {
                continue
            }
            let value = value(ValueReader.Reading(content: content, words: words), in: row, Confidence.pattern)
            if accepts(value) { return value }
        }
        return nil
    }
}
