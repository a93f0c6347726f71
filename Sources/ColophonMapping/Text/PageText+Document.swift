package import DoclingDocument

extension PageText {
    /// The words of a document of which nothing else is known, such as one that another program made: where a word stands within its item is
    /// guessed from the item's box. Items without a place stand below each other on a page of their own.
    package static func pages(of document: DoclingDocument) -> [PageText] {
        var pages: [Int: PageText] = [:]
        for (number, page) in document.pages where number > 0 {
            pages[number] = PageText(number: number, width: Float(page.size.width), height: Float(page.size.height))
        }
        var loose = LoosePage()
        // Who reads them looks at no more, and says so.
        var wordsLeft = SourceText.wordsTotalMax + 1
        for text in document.texts where text.contentLayer == .body || text.contentLayer == .furniture {
            guard take(text.text, from: &wordsLeft) else { break }
            guard let prov = text.prov.first, var page = pages[prov.pageNumber] else {
                loose.add([text.text])
                continue
            }
            page.add(text.text, in: prov.bbox)
            pages[prov.pageNumber] = page
        }
        for table in document.tables {
            let number = table.prov.first?.pageNumber
            var rows: [Int: [TableCell]] = [:]
            for cell in table.data.cells {
                guard take(cell.text, from: &wordsLeft) else { break }
                if let number, let box = cell.bbox, pages[number] != nil {
                    pages[number]?.add(cell.text, in: box)
                } else {
                    rows[cell.startRow, default: []].append(cell)
                }
            }
            let lefts = LoosePage.lefts(of: table.data)
            for row in rows.sorted(by: { $0.key < $1.key }) {
                let cells = row.value.sorted { $0.startColumn < $1.startColumn }
                loose.add(cells.map(\.text), lefts: cells.map { lefts[$0.startColumn] ?? 0 })
            }
        }
        let placed = pages.values.sorted { $0.number < $1.number }
        return loose.page.words.isEmpty ? placed : placed + [loose.page(numbered: (placed.last?.number ?? 0) + 1)]
    }

    /// - Returns: Whether there is room for a text; of the one that does not fit all is taken, so that there are too many.
    private static func take(_ text: String, from wordsLeft: inout Int) -> Bool {
        guard wordsLeft > 0 else { return false }
        wordsLeft -= text.split(maxSplits: wordsLeft, whereSeparator: \.isWhitespace).count
        return true
    }

    /// Letters are as wide as they would be if the text filled its box.
    private mutating func add(_ text: String, in box: BoundingBox) {
        let box = box.fromTopLeft(pageHeight: Double(height))
        let (left, top, right, bottom) = (Float(box.left), Float(box.top), Float(box.right), Float(box.bottom))
        guard right > left, bottom > top else { return }
        let words = text.split(whereSeparator: \.isWhitespace)
        let letters = Float(max(text.count, 1))
        // A letter is about half as wide as a line is high.
        let lines = max(1, ((letters * (bottom - top) / (2 * (right - left))).squareRoot()).rounded())
        let lineHeight = (bottom - top) / lines
        let lettersPerLine = max(letters / lines, 1)
        var position: Float = 0
        for word in words {
            let line = min((position / lettersPerLine).rounded(.down), lines - 1)
            let start = left + (position - line * lettersPerLine) / lettersPerLine * (right - left)
            let end = start + Float(word.count) / lettersPerLine * (right - left)
            self.words.append(
                Word(
                    String(word), left: start, top: top + line * lineHeight, right: end, bottom: top + (line + 1) * lineHeight))
            position += Float(word.count + 1)
        }
    }

    /// What stands nowhere, one below the other: letters of 5 by 10 points, columns as wide as what is in them.
    private struct LoosePage {
        var page = PageText(number: 1, width: 600, height: 20)

        /// Where each column of a table begins.
        static func lefts(of table: TableData) -> [Int: Float] {
            var widths: [Int: Float] = [:]
            for cell in table.cells where cell.columnSpan == 1 {
                widths[cell.startColumn] = max(widths[cell.startColumn] ?? 0, 5 * Float(cell.text.count))
            }
            var lefts: [Int: Float] = [:]
            var left: Float = 0
            for column in Set(table.cells.map(\.startColumn)).sorted() {
                lefts[column] = left
                left += (widths[column] ?? 0) + 20
            }
            return lefts
        }

        mutating func add(_ texts: [String], lefts: [Float] = [0]) {
            for (text, start) in zip(texts, lefts) {
                var left = start
                for word in text.split(whereSeparator: \.isWhitespace) {
                    let right = left + 5 * Float(word.count)
                    page.words.append(Word(String(word), left: left, top: page.height - 20, right: right, bottom: page.height - 10))
                    left = right + 3
                    page.width = max(page.width, right)
                }
            }
            page.height += 20
        }

        func page(numbered number: Int) -> PageText {
            var page = page
            page.number = number
            return page
        }
    }
}
