/// Turns the pieces of a line of text into runs, with the pictures in it apart.
struct MarkdownInlineFlow {
    private var line = InlineText()
    private var pictures: [[InlineRun]] = []
    /// How often each style is open.
    private var depths: [InlineStyle.Marks: Int] = [:]
    private var style = InlineStyle()
    /// Tags of HTML that are open, with the style before them.
    private var tags: [(tag: HTMLTag, style: InlineStyle)] = []
    /// What stands in place of the picture that is open, with its title; pictures within are text.
    private var alternative: InlineText?
    private var imageDepth = 0
    private var imageTitle: [UInt8] = []

    /// Whether a link of HTML is open; it goes before those within.
    private var isInAnchor: Bool { tags.contains { $0.tag == .a } }

    private static let tagsMax = 64
    /// How much of a title becomes a caption, in bytes; any number of pictures may share a title.
    private static let titleBytesMax = 2_048

    /// - Returns: The runs, and the captions of the pictures.
    static func read(_ text: [UInt8], references: MarkdownReferences) -> (runs: [InlineRun], pictures: [[InlineRun]]) {
        let (tokens, marks) = MarkdownInlineParser.parse(text, references: references)
        var flow = MarkdownInlineFlow()
        for token in tokens { flow.add(token, marks) }
        return (flow.line.takeLines(), flow.pictures)
    }

    private mutating func add(_ token: MarkdownToken, _ marks: [MarkdownMarks]) {
        switch token.kind {
        case .text: append(token.text)
        case .code:
            if alternative == nil { line.append(verbatim: token.text, style: style.adding(.code)) } else { append(token.text) }
        case .space: append([0x20])
        case .lineBreak: if alternative == nil { line.appendLineBreak() } else { append([0x20]) }
        case .html: addHTML(token.text)
        case .marks(let index):
            let run = marks[index]
            for style in run.closes { close(style) }
            if run.left > 0 { append(Array(repeating: run.sign, count: run.left)) }
            for style in run.opens.reversed() { open(style) }
        case .linkStart(let target):
            if !isInAnchor { style.hyperlink = target.destination.isEmpty ? nil : target.destination }
        case .linkEnd: if !isInAnchor { style.hyperlink = nil }
        case .imageStart(let target):
            imageDepth += 1
            guard imageDepth == 1 else { return }
            alternative = InlineText()
            imageTitle = Array(target.title.prefix(MarkdownInlineFlow.titleBytesMax))
        case .imageEnd: endImage()
        }
    }

    private mutating func append(_ text: [UInt8]) {
        if alternative == nil {
            line.append(text, style: style)
        } else {
            alternative?.append(text, style: InlineStyle(hyperlink: style.hyperlink))
        }
    }

    private mutating func endImage() {
        imageDepth -= 1
        guard imageDepth == 0, var caption = alternative else { return }
        if caption.isEmpty { caption.append(imageTitle, style: InlineStyle(hyperlink: style.hyperlink)) }
        pictures.append(caption.takeLine())
        alternative = nil
    }

    private mutating func open(_ mark: InlineStyle.Marks) {
        depths[mark, default: 0] += 1
        style.marks.insert(mark)
    }

    private mutating func close(_ mark: InlineStyle.Marks) {
        depths[mark, default: 0] -= 1
        if depths[mark, default: 0] <= 0 { style.marks.remove(mark) }
    }

    private mutating func addHTML(_ source: [UInt8]) {
        var tokenizer = HTMLTokenizer(source)
        switch tokenizer.next() {
        case .start(.br, _, _): line.appendLineBreak()
        case .start(.img, let attributes, _):
            var caption = InlineText()
            if let text = attributes.first(where: { $0.name == .alt }) {
                caption.append(text.value, style: InlineStyle(hyperlink: style.hyperlink))
            }
            pictures.append(caption.takeLine())
        case .start(let tag, let attributes, _):
            guard tags.count < MarkdownInlineFlow.tagsMax, !tag.isVoid else { return }
            if let marks = tag.marks {
                tags.append((tag, style))
                style = style.adding(marks)
            } else if tag == .a, let target = attributes.first(where: { $0.name == .href })?.value.trimmed, !target.isEmpty {
                tags.append((tag, style))
                style.hyperlink = target.string
            }
        case .end(let tag):
            guard let index = tags.lastIndex(where: { $0.tag == tag }) else { return }
            style = tags[index].style
            tags.removeSubrange(index...)
        default: return
        }
    }
}
