import DoclingDocument

/// Turns what a page draws into lines, tables and pictures.
struct PageAnalyzer {
    /// Whether a page's words are kept beside what is made of them.
    var keepsWords = false

    func layout(of content: PageContent, number: Int) -> PageLayout {
        var layout = PageLayout(number: number, width: content.width, height: content.height, turns: content.turns)
        layout.recognition = content.recognition
        layout.elements = content.structure?.elements ?? []
        let upright = content.glyphs.contains { $0.direction != 0 } ? content.glyphs.filter { $0.direction == 0 } : content.glyphs
        let words = WordBuilder.words(of: upright)
        let lines = LineBuilder.lines(of: words, glyphs: upright)
        let composer = TextComposer(glyphs: upright, words: words)
        if keepsWords { layout.words = pageWords(words, composer, height: content.height) }

        layout.pictures = PictureFinder.pictures(in: content, lines: lines)
        var figures = FigureFinder.figures(in: content, lines: lines)
        layout.tables = TableFinder(content: content, words: words, lines: lines, composer: composer, figures: figures).tables()
        figures.removeAll { figure in layout.tables.contains { $0.box.intersection(figure).area > 0.3 * $0.box.area } }
        for word in words where layout.tables.contains(where: { $0.box.containsCentre(of: word.box) }) {
            layout.tableSizes[DocumentStatistics.key(word.size), default: (0, 0)].all += word.glyphs.count
            if word.style.contains(.bold) {
                layout.tableSizes[DocumentStatistics.key(word.size), default: (0, 0)].bold += word.glyphs.count
            }
        }
        layout.add(figures: figures, lines: lines)
        let free = TableFinder.remaining(lines, outside: layout.tables, words)
        layout.lines = LineJoiner.joined(free, words: words, composer: composer) + sidewaysLines(content)
        layout.markFigureTexts(figures)
        layout.takeContents()
        layout.joinDropCaps()
        return layout
    }

    private func pageWords(_ words: [Word], _ composer: TextComposer, height: Float) -> [PageText.Word] {
        words.indices.map { index in
            let box = words[index].box
            let text = composer.text(of: [Int32(clamping: index)], isRightToLeft: words[index].isRightToLeft)
            return PageText.Word(text, left: box.x0, top: height - box.y1, right: box.x1, bottom: height - box.y0)
        }
    }

    /// Text that runs another way than the page's, each way by itself; its boxes are turned back into the page's frame.
    private func sidewaysLines(_ content: PageContent) -> [LayoutLine] {
        var result: [LayoutLine] = []
        for direction in 1...3 {
            var glyphs = content.glyphs.filter { $0.direction == UInt8(direction) }
            guard !glyphs.isEmpty else { continue }
            let back = 4 - direction
            let (width, height) = back & 1 == 1 ? (content.height, content.width) : (content.width, content.height)
            for index in glyphs.indices {
                let box = glyphs[index].box
                glyphs[index].box = box.turned(by: back, width: content.width, height: content.height)
                // The baseline was measured along the other axis; what counts is that it does not vary within a line.
                glyphs[index].direction = 0
            }
            let words = WordBuilder.words(of: glyphs)
            let composer = TextComposer(glyphs: glyphs, words: words)
            for line in LineBuilder.lines(of: words, glyphs: glyphs, maxGap: 3) {
                var sideways = LineJoiner.layoutLine(line, words: words, composer: composer)
                sideways.box = sideways.box.turned(by: direction, width: width, height: height)
                sideways.isSideways = true
                result.append(sideways)
            }
        }
        return result
    }
}
