extension PageCanvas {
    package struct TextStyle: Sendable {
        package var font: PageFont
        package var size: Double
        /// From baseline to baseline.
        package var leading: Double
        package var ink: Ink

        package init(_ font: PageFont, _ size: Double, leading: Double? = nil, ink: Ink = .black) {
            self.font = font
            self.size = size
            self.leading = leading ?? 1.25 * size
            self.ink = ink
        }

        package func width(of text: String) -> Double { font.width(of: text, size: size) }
    }

    /// Which part of a text stands at the place that is given for it.
    package enum Anchor: Sendable {
        case left, centre, right
    }

    /// Text on one line, at a point on its baseline.
    package mutating func text(_ text: String, at point: Point, _ style: TextStyle, anchor: Anchor = .left) {
        let start =
            switch anchor {
            case .left: point.x
            case .centre: point.x - style.width(of: text) / 2
            case .right: point.x - style.width(of: text)
            }
        draw([Run(text: text, font: style.font)], at: Point(start, point.y), style)
    }

    /// A word with a small raised sign behind it.
    ///
    /// - Returns: Where the sign ends.
    @discardableResult
    mutating func text(_ text: String, raised sign: String, at point: Point, _ style: TextStyle) -> Double {
        self.text(text, at: point, style)
        let raised = TextStyle(style.font, style.size * 0.65, ink: style.ink)
        let start = point.x + style.width(of: text)
        self.text(sign, at: Point(start, point.y + 0.35 * style.size), raised)
        return start + raised.width(of: sign)
    }

    /// Lines of text, one below the other.
    ///
    /// - Returns: The next line's baseline.
    @discardableResult
    mutating func lines(_ lines: [String], at point: Point, _ style: TextStyle, anchor: Anchor = .left) -> Double {
        var y = point.y
        for line in lines {
            text(line, at: Point(point.x, y), style, anchor: anchor)
            y -= style.leading
        }
        return y
    }

    /// Characters of one font on a line.
    struct Run {
        var text: String
        var font: PageFont
    }

    /// - Parameter wordSpacing: What each space is wider by.
    mutating func draw(_ runs: [Run], at point: Point, _ style: TextStyle, wordSpacing: Double = 0) {
        var operators = "BT \(parts(style.ink)) rg \(number(wordSpacing)) Tw 1 0 0 1 \(place(point)) Tm"
        for run in runs { operators += " /\(run.font.resource) \(number(style.size)) Tf (\(Self.escaped(run.text))) Tj" }
        draw(operators + " ET")
    }

    /// As a string in a PDF, in the encoding WinAnsi.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "(", ")", "\\": result += "\\\(scalar)"
            case "\u{2022}": result += "\\225"
            case "\u{2013}": result += "\\226"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
