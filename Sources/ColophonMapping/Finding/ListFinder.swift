/// Finds the lines of a list in what the pages show.
struct ListFinder {
    let list: ListRule
    let text: SourceText
    let numbers: NumberReader
    let dates: DateReader

    /// More lines are not read.
    static let linesMax = 5000
    /// How far below the line before a row may stand that goes on with it, in its heights.
    private static let continuationMax: Float = 1.6
    private static let confidence = 0.9

    struct Line {
        var values: [String: MappedValue] = [:]
        var problems: [MappingProblem] = []
        var page: Int
        var bottom: Float
    }

    func lines() -> (lines: [Line], isCut: Bool) {
        var lines: [Line] = []
        var heads: ColumnHeads?
        for page in text.pages.indices {
            let rows = rows(of: page)
            guard !rows.isEmpty else { continue }
            let own = ColumnHeads.find(for: list, in: text, rows: rows)
            guard let current = own ?? heads else { continue }
            heads = current
            let ended = read(rows.clamped(to: (own?.end ?? rows.lowerBound)..<rows.upperBound), under: current, into: &lines)
            if ended { heads = nil }
            if lines.count > Self.linesMax { return (Array(lines.prefix(Self.linesMax)), true) }
        }
        return (lines, false)
    }

    private func rows(of page: Int) -> Range<Int> {
        let start = text.rows.firstIndex { $0.page == page } ?? text.rows.count
        let end = text.rows[start...].firstIndex { $0.page != page } ?? text.rows.count
        return start..<end
    }

    /// - Returns: Whether the list ended there.
    private func read(_ rows: Range<Int>, under heads: ColumnHeads, into lines: inout [Line]) -> Bool {
        let ends = LabelFinder(list.ends)
        let skips = LabelFinder(list.skips)
        let anchors = list.anchors.filter(heads.has)
        var hasEnded = false
        for index in rows {
            let row = text.rows[index]
            if skips.matches(in: row, at: index).contains(where: \.isWhole) { continue }
            let cells = cells(of: row, under: heads)
            let isLine = anchors.allSatisfy { name in cells[name].map { value(of: name, row, $0) != nil } ?? false }
            let line = isLine ? line(row, cells) : nil
            if ends.matches(in: row, at: index).contains(where: \.isWhole), !isFull(line, beside: lines.first, under: heads) {
                hasEnded = true
                continue
            }
            if let line {
                // What looks like an end is a subtotal where a line follows that is as full as the first one.
                if hasEnded {
                    guard lines.first.map({ $0.values.count >= Self.fullMin }) == true, isFull(line, beside: lines.first, under: heads)
                    else {
                        continue
                    }
                    hasEnded = false
                }
                lines.append(line)
            } else if !hasEnded, let last = lines.indices.last {
                goOn(&lines[last], row, cells)
            }
        }
        return hasEnded
    }

    private static let fullMin = 4

    /// Whether a line has all that the first one has, or nearly all that the head names: words such as VAT stand within lines too.
    private func isFull(_ line: Line?, beside first: Line?, under heads: ColumnHeads) -> Bool {
        guard let line, line.problems.isEmpty, line.values.count >= Self.fullMin - 1 else { return false }
        if let first { return first.values.keys.allSatisfy { line.values[$0] != nil } }
        return line.values.count >= heads.heads.count { $0.column != nil } - 1
    }

    // MARK: Cells

    /// The words of each column, by where they stand.
    private func cells(of row: TextRow, under heads: ColumnHeads) -> [String: [Int]] {
        var cells: [String: [Int]] = [:]
        for run in row.runs(maxGap: 0.6) {
            let box = row.box(run)
            let touched = heads.heads.filter { $0.box.overlapX(box) > 0 }
            // A run under two heads is two cells that stand close to each other.
            let pieces = touched.count > 1 ? run.map { $0..<($0 + 1) } : [run]
            for piece in pieces {
                let nearest = heads.heads.min { distance(row, piece, $0) < distance(row, piece, $1) }
                guard let name = nearest?.column?.name else { continue }
                cells[name, default: []] += piece
            }
        }
        return cells
    }

    private func distance(_ row: TextRow, _ run: Range<Int>, _ head: ColumnHeads.Head) -> Float {
        let box = row.box(run)
        let gap = max(0, -box.overlapX(head.box))
        let edges = min(abs(box.left - head.box.left), abs(box.right - head.box.right), abs(box.midX - head.box.midX))
        // A text without a digit is no number, however near it stands to one's name.
        let isUnlikely =
            head.column.map { $0.type == .number || $0.type == .date } == true && !row.text(run).contains(where: \.isNumber)
            && !row.text(run).contains(where: \.isCurrencySymbol) && head.column?.rest == nil
        return gap + 0.3 * edges + (isUnlikely ? 1000 : 0)
    }

    private func text(_ row: TextRow, _ words: [Int]) -> String { words.map { row.words[$0].text }.joined(separator: " ") }

    private func place(_ row: TextRow, _ words: [Int]) -> ValuePlace {
        let box = words.dropFirst().reduce(row.words[words[0]].box) { $0.union(row.words[$1].box) }
        return self.text.place(box, onPage: row.page, text: text(row, words))
    }

    private func value(of name: String, _ row: TextRow, _ words: [Int]) -> (value: MappedValue, rest: [Int])? {
        guard let column = list.column(name) else { return nil }
        let reader = ValueReader(type: column.type, numbers: numbers, dates: dates)
        // What follows a number may be its unit.
        let counts =
            column.rest == nil
            ? [words.count] : (1...words.count).reversed().filter { row.words[words[$0 - 1]].text.contains(where: \.isNumber) }
        for count in counts {
            let taken = Array(words.prefix(count))
            guard let content = reader.whole(text(row, taken)), accepts(content, column) else { continue }
            let value = MappedValue(content, source: .layout, confidence: Self.confidence, places: [place(row, taken)])
            return (value, Array(words.dropFirst(count)))
        }
        return nil
    }

    private func accepts(_ content: MappedValue.Content, _ column: ListRule.Column) -> Bool {
        column.pattern?.matchesWhole(MappedValue(content, source: .layout).text) ?? true
    }

    // MARK: Lines

    private func line(_ row: TextRow, _ cells: [String: [Int]]) -> Line {
        var line = Line(page: row.page, bottom: row.box.bottom)
        for column in list.columns {
            guard let words = cells[column.name], !words.isEmpty else { continue }
            guard let (value, rest) = value(of: column.name, row, words) else {
                let place = place(row, words)
                line.problems.append(
                    MappingProblem(
                        .valueInvalid, field: column.name, "\"\(place.text.prefix(60))\" is no \(column.title).", places: [place]))
                continue
            }
            line.values[column.name] = value
            if let name = column.rest, !rest.isEmpty, cells[name] == nil, let (unit, _) = self.value(of: name, row, rest) {
                line.values[name] = unit
            }
        }
        return line
    }

    /// A row that begins no line goes on with the texts of the one before, where it stands close below.
    private func goOn(_ line: inout Line, _ row: TextRow, _ cells: [String: [Int]]) {
        guard row.page == line.page, row.box.top - line.bottom < Self.continuationMax * row.box.height, !cells.isEmpty else { return }
        guard cells.keys.allSatisfy({ list.column($0)?.type == .text }) else { return }
        for (name, words) in cells.sorted(by: { $0.key < $1.key }) {
            guard let found = value(of: name, row, words)?.value else { continue }
            guard let value = line.values[name] else {
                line.values[name] = found
                continue
            }
            line.values[name] = MappedValue(
                .text("\(value.text) \(found.text)"), source: .layout, confidence: min(value.confidence, found.confidence),
                places: value.places + found.places)
        }
        line.bottom = row.box.bottom
    }
}
