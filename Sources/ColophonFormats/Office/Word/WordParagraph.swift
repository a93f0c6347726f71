import DoclingDocument

/// What a paragraph holds, in order.
struct WordParagraph {
    /// A stretch of text set alike.
    struct Span: Equatable {
        var text: String
        var formatting: Formatting?
        var hyperlink: String?
        var isFormula = false
    }

    var spans: [Span] = []
    var pictureCount = 0
    /// Whether it holds a drawing of any kind, which then is why it may be empty of text.
    var hasDrawing = false
    /// The contents of text boxes anchored in it.
    var textBoxes: [XMLElement] = []
    var notes: [WordNote] = []
    /// Whether its check box is checked; `nil` without one.
    var isChecked: Bool?

    /// All of its text, trimmed.
    var text: String { spans.map(\.text).joined().trimmed }

    var isEmpty: Bool { text.isEmpty && !hasDrawing && textBoxes.isEmpty && isChecked == nil }

    /// The spans put together as far as they are set alike, without blank ones; each is trimmed.
    var pieces: [Span] {
        var pieces: [Span] = []
        var current: Span?
        for span in spans {
            if span.hyperlink != nil || span.isFormula {
                if let piece = current { pieces.append(piece) }
                current = nil
                pieces.append(span)
            } else if current == nil || current?.formatting != span.formatting && !span.text.isBlank {
                if var piece = current {
                    // Blank text takes the look of what follows it.
                    if piece.text.isBlank {
                        piece.formatting = span.formatting
                        piece.text += span.text
                        current = piece
                        continue
                    }
                    pieces.append(piece)
                }
                current = span
            } else {
                current?.text += span.text
            }
        }
        if let current { pieces.append(current) }
        return pieces.compactMap { piece in
            var piece = piece
            piece.text = piece.text.trimmed
            return piece.text.isEmpty ? nil : piece
        }
    }
}

/// Which footnote or endnote a paragraph refers to.
struct WordNote: Hashable {
    var isEndnote: Bool
    var id: String
}
