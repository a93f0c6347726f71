/// Gathers the text of a paragraph as runs: white space collapses as in a browser, neighbours of one style become one run.
///
/// No-break spaces count as white space; zero-width spaces, soft hyphens and byte order marks vanish, as docling has it.
/// Cost: O(bytes) over all calls.
struct InlineText {
    private var paragraphs: [[InlineRun]] = []
    private var runs: [InlineRun] = []
    /// The run being filled.
    private var bytes: [UInt8] = []
    private var style = InlineStyle()
    private var joint = InlineRun.Joint.none
    private var hasSpace = false
    private var lineBreaks = 0

    /// Whether nothing but white space was added since the last `take`.
    var isEmpty: Bool { paragraphs.isEmpty && runs.isEmpty && bytes.isEmpty }

    mutating func append(_ text: some Collection<UInt8>, style: InlineStyle) {
        var rest = text[...]
        while let byte = rest.popFirst() {
            switch byte {
            case _ where byte.isASCIISpace: hasSpace = true
            case 0xC2 where rest.first == 0xA0:
                rest.removeFirst()
                hasSpace = true
            case 0xC2 where rest.first == 0xAD: rest.removeFirst()
            case 0xE2 where rest.starts(with: [0x80, 0x8B]), 0xEF where rest.starts(with: [0xBB, 0xBF]):
                rest.removeFirst(2)
            default: append(byte, style)
            }
        }
    }

    /// Adds text whose inner white space stays, such as a code span of Markdown.
    ///
    /// It is a run of its own, also next to another one of the same style.
    mutating func append(verbatim text: some Collection<UInt8>, style: InlineStyle) {
        guard let first = text.first else { return }
        begin(style, isApart: true)
        bytes.append(first)
        for byte in text.dropFirst() { append(byte, style) }
    }

    mutating func appendSpace() { hasSpace = true }

    /// One break ends the line, a second one right after it the paragraph.
    mutating func appendLineBreak() { lineBreaks += 1 }

    /// What was gathered, one element for each paragraph that has text; the gatherer is then empty.
    mutating func take() -> [[InlineRun]] {
        endParagraph()
        defer { self = InlineText() }
        return paragraphs
    }

    /// What was gathered as the runs of one line.
    mutating func takeLine() -> [InlineRun] { takeLines().singleLine }

    /// What was gathered as one paragraph, its line breaks kept.
    mutating func takeLines() -> [InlineRun] {
        let paragraphs = take()
        guard paragraphs.count > 1 else { return paragraphs.first ?? [] }
        return paragraphs.enumerated().flatMap { index, runs in
            runs.enumerated().map { $0 == 0 && index > 0 ? InlineRun(text: $1.text, style: $1.style, joint: .line) : $1 }
        }
    }

    private mutating func append(_ byte: UInt8, _ style: InlineStyle) {
        if hasSpace || lineBreaks > 0 || style != self.style { begin(style) }
        bytes.append(byte)
    }

    /// Settles what stands between the text so far and the character that comes.
    private mutating func begin(_ style: InlineStyle, isApart: Bool = false) {
        if lineBreaks > 1 { endParagraph() }
        let separator: InlineRun.Joint = lineBreaks > 0 ? .line : hasSpace ? .space : .none
        if bytes.isEmpty || style != self.style || isApart {
            endRun()
            self.style = style
            joint = runs.isEmpty ? .none : separator
        } else if separator != .none {
            bytes.append(separator == .line ? 0x0A : 0x20)
        }
        lineBreaks = 0
        hasSpace = false
    }

    private mutating func endRun() {
        guard !bytes.isEmpty else { return }
        runs.append(InlineRun(text: bytes.string, style: style, joint: joint))
        bytes.removeAll(keepingCapacity: true)
    }

    private mutating func endParagraph() {
        endRun()
        if !runs.isEmpty { paragraphs.append(runs) }
        runs = []
        joint = .none
    }
}
