internal import DoclingDocument

/// Writes what a reader finds, in reading order, into a document, and keeps track of where in the tree it belongs.
///
/// Items hang on the innermost container that is open; outside of any, on the last heading when sections nest, else on
/// the body. Every method that adds an item throws `tooLarge` once the document has `itemsMax`. Cost: O(1) each, apart
/// from the text.
struct FlowWriter {
    /// How many items a document may have, groups included.
    static let itemsMax = 500_000
    /// How many bytes links and cells may take where they are repeated.
    static let repeatedBytesMax = 64 << 20

    var document: DoclingDocument
    /// Where new items lie; the first heading moves on to the body.
    var layer = ContentLayer.body
    /// Whether what follows a heading becomes its child, as in documents made from HTML.
    private let nestsSections: Bool
    /// By level from 1, the heading or stand-in group that is open.
    private var sections: [Reference] = []
    private var containers: [Reference] = []
    private var itemCount = 0
    /// How many slots the tables have in all.
    var slotCount = 0
    /// How many bytes the links and the repeated cells have in all; a short source can repeat a long one very often.
    private var repeatedBytes = 0

    init(name: String, nestsSections: Bool) {
        document = DoclingDocument(name: name)
        self.nestsSections = nestsSections
    }

    var parent: Reference? { containers.last ?? sections.last }

    /// Makes an item the parent of those that follow, until `close`.
    mutating func open(_ container: Reference) { containers.append(container) }

    mutating func close() { containers.removeLast() }

    mutating func addTitleOfPage(_ title: String) throws(FormatFailure) {
        try count()
        document.addText(title, label: .title, layer: .furniture)
    }

    /// - Parameter level: From 1, the title, to 6.
    mutating func addHeading(_ runs: [InlineRun], level: Int) throws(FormatFailure) {
        layer = .body
        try count()
        let isNested = containers.isEmpty && nestsSections
        if isNested { try openSections(above: level) }
        let style = runs.commonStyle
        let heading =
            level == 1
            ? document.addTitle(runs.plainText, parent: parent, formatting: style.formatting)
            : document.addHeading(runs.plainText, level: level - 1, parent: parent, formatting: style.formatting)
        try finishText(hyperlink: style.hyperlink)
        if isNested { sections.append(heading) }
    }

    /// Closes the sections of this level and below and opens a group for each level that the source skips.
    private mutating func openSections(above level: Int) throws(FormatFailure) {
        sections.removeLast(max(0, sections.count - (level - 1)))
        while sections.count < level - 1 {
            try count()
            sections.append(document.addGroup(.section, name: "header-\(sections.count + 1)", parent: parent, layer: layer))
        }
    }

    /// Adds a paragraph: a text, or an inline group with a text for each run.
    mutating func addParagraph(_ runs: [InlineRun]) throws(FormatFailure) {
        guard runs.count > 1 else {
            if let run = runs.first { try addRun(run, parent: parent) }
            return
        }
        try addInlineGroup(runs, parent: parent)
    }

    mutating func addCode(_ text: String, language: CodeLanguage = .unknown) throws(FormatFailure) {
        try count()
        document.addCode(text, language: language, parent: parent)
        try finishText(hyperlink: nil)
    }

    mutating func addGroup(_ label: GroupLabel, name: String) throws(FormatFailure) -> Reference {
        try count()
        return document.addGroup(label, name: name, parent: parent, layer: layer)
    }

    /// Adds an item to a list; one of more than a run has no text of its own but an inline group, as in docling.
    mutating func addListItem(
        _ runs: [InlineRun], in list: Reference, isEnumerated: Bool = false, marker: String = ""
    ) throws(FormatFailure) -> Reference {
        try count()
        let single = runs.count == 1 ? runs.first : nil
        let item = document.addListItem(
            single?.text ?? "", in: list, enumerated: isEnumerated, marker: marker, formatting: single?.style.formatting)
        try finishText(hyperlink: single?.style.hyperlink)
        if runs.count > 1 { try addInlineGroup(runs, parent: item) }
        return item
    }

    /// Adds a box to tick with the words that stand for it.
    mutating func addCheckbox(_ text: String, isSelected: Bool) throws(FormatFailure) {
        try count()
        document.addText(text, label: isSelected ? .checkboxSelected : .checkboxUnselected, parent: parent, layer: layer)
    }

    private mutating func addInlineGroup(_ runs: [InlineRun], parent: Reference?) throws(FormatFailure) {
        try count()
        let group = document.addInlineGroup(parent: parent, layer: layer)
        for run in runs { try addRun(run, parent: group) }
    }

    private mutating func addRun(_ run: InlineRun, parent: Reference?) throws(FormatFailure) {
        try count()
        if run.style.isCode {
            document.addCode(run.text, parent: parent)
            document.texts[document.texts.count - 1].formatting = run.style.formatting
        } else {
            let text = run.joint == .line ? "\n" + run.text : run.text
            document.addText(text, parent: parent, formatting: run.style.formatting)
        }
        try finishText(hyperlink: run.style.hyperlink)
    }

    /// Sets what the document's own methods leave out, on the text added last.
    mutating func finishText(hyperlink: String?) throws(FormatFailure) {
        let last = document.texts.count - 1
        try countRepeated(bytes: hyperlink?.utf8.count ?? 0)
        document.texts[last].contentLayer = layer
        document.texts[last].hyperlink = hyperlink
    }

    mutating func countRepeated(bytes: Int) throws(FormatFailure) {
        repeatedBytes += bytes
        guard repeatedBytes <= FlowWriter.repeatedBytesMax else { throw .tooLarge("it repeats long links or cells too often") }
    }

    mutating func count() throws(FormatFailure) {
        itemCount += 1
        guard itemCount <= FlowWriter.itemsMax else { throw .tooLarge("it has more than \(FlowWriter.itemsMax) items") }
    }
}
