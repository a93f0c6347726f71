extension PageCanvas {
    /// A column that text runs down.
    struct Column {
        var left: Double
        var width: Double
        /// The baseline of the next line.
        var y: Double
        /// No baseline lies below.
        var bottom: Double = 0
    }

    /// A paragraph, justified but for its last line.
    ///
    /// - Parameters:
    ///   - text: Its white space only parts words.
    ///   - lead: Words before it, in a font of their own.
    ///   - indent: How far the first line stands further in.
    ///   - column: Its `y` moves down to the line after the paragraph.
    /// - Returns: What did not fit into the column, for the next one; empty when all did.
    @discardableResult
    mutating func paragraph(
        _ text: String, lead: Run? = nil, indent: Double = 0, _ style: TextStyle, in column: inout Column, isJustified: Bool = true
    ) -> String {
        var words = lead.map { Self.words(of: $0) } ?? []
        words += Self.words(of: Run(text: text, font: style.font))
        var rest = words[...]
        var indent = indent
        let space = style.width(of: " ")
        while !rest.isEmpty, column.y >= column.bottom {
            let room = column.width - indent
            var (count, width) = (0, 0.0)
            for word in rest {
                let next = width + (count > 0 ? space : 0) + word.font.width(of: word.text, size: style.size)
                // A word that is wider than the column has a line of its own.
                guard next <= room || count == 0 else { break }
                (count, width) = (count + 1, next)
            }
            let line = rest.prefix(count)
            rest = rest.dropFirst(count)
            let isStretched = isJustified && !rest.isEmpty && count > 1
            let spacing = isStretched ? (room - width) / Double(count - 1) : 0
            draw(Self.runs(of: line), at: Point(column.left + indent, column.y), style, wordSpacing: spacing)
            column.y -= style.leading
            indent = 0
        }
        return rest.map(\.text).joined(separator: " ")
    }

    /// An item of a list: its marker, and its text hanging behind that.
    ///
    /// - Parameter level: How deep the item is nested, from 0.
    mutating func item(_ marker: String, _ text: String, level: Int = 0, _ style: TextStyle, in column: inout Column) {
        let step = 1.4 * style.size
        let indent = Double(level) * step
        self.text(marker, at: Point(column.left + indent, column.y), style)
        var inner = column
        inner.left += indent + step
        inner.width -= indent + step
        paragraph(text, style, in: &inner)
        column.y = inner.y
    }

    private static func words(of run: Run) -> [Run] {
        run.text.split(whereSeparator: \.isWhitespace).map { Run(text: String($0), font: run.font) }
    }

    /// The words with the spaces between them; neighbours of one font are one run.
    private static func runs(of words: ArraySlice<Run>) -> [Run] {
        var runs: [Run] = []
        for word in words {
            if let last = runs.indices.last { runs[last].text += " " }
            if let last = runs.indices.last, runs[last].font == word.font {
                runs[last].text += word.text
            } else {
                runs.append(word)
            }
        }
        return runs
    }
}
