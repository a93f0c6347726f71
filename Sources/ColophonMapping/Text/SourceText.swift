import DoclingDocument

/// A document's words in rows, page by page from the top: what anchors and columns are looked for in.
struct SourceText: Sendable {
    let pages: [PageText]
    let rows: [TextRow]
    /// Whether there are more words than are looked at.
    let isCut: Bool

    /// Later pages are not looked at.
    static let pagesMax = 200
    private static let wordsMax = 20_000
    /// Nor are more words of a document.
    static let wordsTotalMax = 100_000
    /// A row of more is taken for several.
    private static let rowWordsMax = 300
    /// A word's row is among the last few that began.
    private static let openRowsMax = 64

    init(pages: [PageText]) {
        self.pages = Array(pages.prefix(Self.pagesMax))
        var wordsLeft = Self.wordsTotalMax
        var rows: [TextRow] = []
        for index in self.pages.indices where wordsLeft > 0 {
            let page = self.pages[index]
            rows += Self.rows(of: page, page: index, wordsMax: min(wordsLeft, Self.wordsMax))
            wordsLeft -= page.words.count
        }
        self.rows = rows
        isCut = self.pages.reduce(0) { $0 + $1.words.count } > Self.wordsTotalMax || self.pages.contains { $0.words.count > Self.wordsMax }
    }

    /// Words that overlap by half of the lower one's height stand in one row.
    private static func rows(of page: PageText, page index: Int, wordsMax: Int) -> [TextRow] {
        let words = page.words.prefix(wordsMax).flatMap(parts).filter { $0.box.height > 0 && $0.box.right >= $0.box.left }
        var rows: [TextRow] = []
        // The row a word belongs to began hardly higher than itself.
        var open: [Int] = []
        for word in words.sorted(by: { $0.box.midY < $1.box.midY }) {
            if open.count > openRowsMax { open.removeFirst(open.count - openRowsMax) }
            open.removeAll { rows[$0].box.bottom < word.box.top }
            let best = open.last { index in
                guard rows[index].words.count < rowWordsMax else { return false }
                let row = rows[index].words[rows[index].words.count - 1].box
                return row.overlapY(word.box) >= 0.5 * min(row.height, word.box.height)
            }
            if let best {
                rows[best].words.append(word)
                rows[best].box = rows[best].box.union(word.box)
            } else {
                open.append(rows.count)
                rows.append(TextRow(page: index, words: [word], box: word.box))
            }
        }
        for index in rows.indices { rows[index].words.sort { $0.box.left < $1.box.left } }
        return rows.sorted { $0.words[0].box.midY < $1.words[0].box.midY }
    }

    /// A label and its value that are written without a space between them are two words.
    private static func parts(_ word: PageText.Word) -> [TextRow.Word] {
        let characters = Array(word.text)
        guard let colon = characters.firstIndex(of: ":"), colon > 0, colon + 1 < characters.count, characters[colon - 1].isLetter,
            characters[colon + 1] != "/"
        else { return [part(word, 0..<characters.count, of: characters)] }
        return [part(word, 0..<(colon + 1), of: characters), part(word, (colon + 1)..<characters.count, of: characters)]
    }

    private static func part(_ word: PageText.Word, _ range: Range<Int>, of characters: [Character]) -> TextRow.Word {
        let step = (word.right - word.left) / Float(max(characters.count, 1))
        let text = String(characters[range])
        return TextRow.Word(
            text: text, key: TextKey(text),
            box: PlacedBox(
                left: word.left + Float(range.lowerBound) * step, top: word.top, right: word.left + Float(range.upperBound) * step,
                bottom: word.bottom))
    }

    /// Where something stands on the page as it is shown, for people.
    func place(_ box: PlacedBox, onPage index: Int, text: String) -> ValuePlace {
        let page = pages[index]
        var box = box
        var (width, height) = (page.width, page.height)
        for _ in 0..<page.turns {
            // A quarter turn clockwise takes the left edge to the top.
            box = PlacedBox(left: height - box.bottom, top: box.left, right: height - box.top, bottom: box.right)
            (width, height) = (height, width)
        }
        return ValuePlace(
            page: page.number, left: Double(box.left), top: Double(box.top), right: Double(box.right), bottom: Double(box.bottom),
            text: text)
    }
}
