import DoclingDocument

/// Reads the content of a paragraph; recursion is as deep as its XML, which has a bound.
struct WordParagraphReader {
    let styles: WordStyles
    let relationships: [String: OfficePackage.Relationship]
    private let isBoldByStyle: Bool
    private(set) var paragraph = WordParagraph()

    init(_ element: XMLElement, styles: WordStyles, relationships: [String: OfficePackage.Relationship]) {
        self.styles = styles
        self.relationships = relationships
        isBoldByStyle = styles.isBold(element.child("pPr")?.child("pStyle")?["val"]) ?? false
        readContent(of: element, hyperlink: nil)
    }

    private mutating func readContent(of element: XMLElement, hyperlink: String?) {
        for child in element.effectiveChildren {
            switch (child.name.space, child.name.local) {
            case (.word, "r"): readRun(child, hyperlink: hyperlink)
            case (.word, "hyperlink"): readHyperlink(child, outer: hyperlink)
            case (.word, "ins"), (.word, "moveTo"), (.word, "smartTag"), (.word, "customXml"), (.word, "fldSimple"), (.word, "dir"),
                (.word, "bdo"), (.math, "oMathPara"):
                readContent(of: child, hyperlink: hyperlink)
            case (.word, "sdt"):
                if let box = child.child("sdtPr")?.child("checkbox") {
                    paragraph.isChecked = box.child("checked")?.attributes[.wordExtension, "val"] == "1"
                }
                if let content = child.child("sdtContent") { readContent(of: content, hyperlink: hyperlink) }
            case (.math, "oMath"):
                let text = WordMath.latex(child)
                if !text.isBlank { paragraph.spans.append(WordParagraph.Span(text: text, isFormula: true)) }
            default: break
            }
        }
    }

    /// The text of a link in one span, set as its first run is.
    private mutating func readHyperlink(_ element: XMLElement, outer: String?) {
        let relationship = element.attributes[.relationships, "id"].flatMap { relationships[$0] }
        let target = relationship.flatMap { $0.isExternal && !$0.target.isEmpty ? $0.target : nil } ?? outer
        let start = paragraph.spans.count
        readContent(of: element, hyperlink: target)
        guard target != nil, paragraph.spans.count > start + 1 else { return }
        let texts = paragraph.spans[start...].map(\.text)
        paragraph.spans.removeSubrange((start + 1)...)
        paragraph.spans[start].text = texts.joined()
    }

    private mutating func readRun(_ run: XMLElement, hyperlink: String?) {
        // Hidden text is what the author does not show.
        guard run.child("rPr")?.isOn("vanish") != true else { return }
        var text = ""
        readRunContent(run, into: &text)
        guard !text.isEmpty else { return }
        let formatting = formatting(of: run.child("rPr"))
        if let last = paragraph.spans.last, last.hyperlink == hyperlink, last.formatting == formatting, !last.isFormula, hyperlink == nil {
            paragraph.spans[paragraph.spans.count - 1].text += text
        } else {
            paragraph.spans.append(WordParagraph.Span(text: text, formatting: formatting, hyperlink: hyperlink))
        }
    }

    private mutating func readRunContent(_ run: XMLElement, into text: inout String) {
        for child in run.effectiveChildren {
            switch child.name.local {
            case "t" where child.name.space == .word: text += child.text
            case "tab", "ptab": text += "\t"
            case "br": text += child["type"] == nil || child["type"] == "textWrapping" ? "\n" : ""
            case "cr": text += "\n"
            case "noBreakHyphen": text += "-"
            case "sym": text += WordSymbol.text(font: child["font"] ?? "", code: child["char"] ?? "")
            case "footnoteReference", "endnoteReference":
                if let id = child["id"] {
                    paragraph.notes.append(WordNote(isEndnote: child.name.local == "endnoteReference", id: id))
                }
            case "drawing", "pict", "object": readDrawing(child)
            default: break
            }
        }
    }

    private mutating func readDrawing(_ element: XMLElement) {
        paragraph.hasDrawing = true
        for child in element.effectiveChildren {
            switch (child.name.space, child.name.local) {
            case (.drawing, "blip"), (.vml, "imagedata"), (.chart, "chart"), (_, "relIds"): paragraph.pictureCount += 1
            case (.word, "txbxContent"): paragraph.textBoxes.append(child)
            default: readDrawing(child)
            }
        }
    }

    /// As the run itself says, or for bold and italic its styles; `formatting` is never `nil` for text.
    private func formatting(of properties: XMLElement?) -> Formatting {
        let style = properties?.child("rStyle")?["val"]
        let underline = properties?.child("u").map { $0["val"] != nil && $0["val"] != "none" } ?? false
        let script: TextScript =
            switch properties?.child("vertAlign")?["val"] {
            case "subscript": .sub
            case "superscript": .super
            default: .baseline
            }
        return Formatting(
            bold: properties?.isOn("b") ?? styles.isBold(style) ?? isBoldByStyle,
            italic: properties?.isOn("i") ?? styles.isItalic(style) ?? false, underline: underline,
            strikethrough: properties?.isOn("strike") ?? properties?.isOn("dstrike") ?? false, script: script)
    }
}
