/// A run of text in one style, without white space at its ends.
struct InlineRun: Hashable {
    var text: String
    var style: InlineStyle
    /// What stands between this run and the one before it.
    var joint: Joint

    enum Joint: Hashable {
        case none
        case space
        case line
    }
}

extension [InlineRun] {
    /// The text of all runs in one line.
    var plainText: String {
        var text = ""
        for run in self {
            if run.joint != .none, !text.isEmpty { text += " " }
            text += run.text
        }
        return text
    }

    /// The same text with its line breaks.
    var plainLines: String {
        var text = ""
        for run in self {
            if run.joint != .none, !text.isEmpty { text += run.joint == .line ? "\n" : " " }
            text += run.text
        }
        return text
    }

    /// What all runs have in common, for items that have one style; never code.
    var commonStyle: InlineStyle {
        guard let first else { return InlineStyle() }
        var style = first.style
        for run in dropFirst() {
            style.marks.formIntersection(run.style.marks)
            if run.style.hyperlink != style.hyperlink { style.hyperlink = nil }
        }
        style.marks.remove(.code)
        return style
    }

    /// The runs as a line: breaks within and between them become spaces.
    var singleLine: [InlineRun] {
        map { run in
            var run = run
            if run.joint == .line { run.joint = .space }
            if run.text.utf8.contains(0x0A) { run.text = run.text.utf8.map { $0 == 0x0A ? 0x20 : $0 }.string }
            return run
        }
    }
}
