import DoclingDocument
import Testing

@testable import ColophonLayout

/// What becomes of recognised words, whoever recognised them.
@Suite struct RecognizedPageTests {
    private struct Reader: TextRecognizer {
        var text: RecognizedText?
        let engine = "reader 1"
        let languages = ["xx"]

        func recognize(_ image: GreyImage) -> RecognizedText? { text }
    }

    private func word(_ text: String, x: Int, baseline: Int, height: Int = 40, starts: Bool = false, confidence: Double = 0.9)
        -> RecognizedWord
    {
        RecognizedWord(
            text: text, left: x, top: baseline - 30, right: x + 20 * text.count, bottom: baseline, baseline: baseline, lineHeight: height,
            startsLine: starts, confidence: confidence)
    }

    /// Four pixels a point.
    private func page(_ text: RecognizedText?) -> PageContent {
        var content = PageContent(width: 200, height: 300)
        content.images = [content.bounds]
        let image = GreyImage(width: 800, height: 1200, resolution: 288, pixels: [UInt8](repeating: 255, count: 800 * 1200))
        PageRecognition(recognizer: Reader(text: text), limits: PDFLimits()).read(image, into: &content)
        return content
    }

    private func document(_ content: PageContent) -> DoclingDocument {
        var assembler = DocumentAssembler(pages: [PageAnalyzer().layout(of: content, number: 1)], name: "n")
        return assembler.assemble()
    }

    @Test func `words become lines at their places, with spaces between them and none within`() throws {
        let words = [
            word("Invented", x: 80, baseline: 200, starts: true), word("words,", x: 243, baseline: 200),
            word("here.", x: 80, baseline: 250, starts: true),
        ]
        let document = document(page(RecognizedText(words: words, turns: 0, droppedWords: 2)))
        #expect(document.texts.map(\.text) == ["Invented words, here."])
        let box = try #require(document.texts[0].prov.first?.bbox)
        #expect(box.left == 20 && abs(box.top - (250 + 0.78 * 10)) < 0.01 && abs(box.bottom - (237.5 - 2.2)) < 0.01)
        let note = try #require(document.texts[0].prov.first?.extra["colophon__ocr"])
        #expect(note["engine"] == "reader 1" && note["languages"] == ["xx"] && note["page_dropped_words"]?.int == 2)
        #expect(note["page_confidence"]?.double == 0.9)
        #expect(document.pictures.map(\.contentLayer) == [.background])
        #expect(try document.markdown() == "Invented words, here.")
    }

    @Test func `text on an image that lies on its side has its boxes on the page as it is shown`() throws {
        // Clockwise by one turn: what begins at the top left of the upright page, 300 wide and 200 high, begins at the top right.
        let content = page(RecognizedText(words: [word("Side", x: 80, baseline: 100, starts: true)], turns: 1, droppedWords: 0))
        #expect(content.width == 300 && content.height == 200 && content.turns == 1)
        let document = document(content)
        #expect(document.pages[1]?.size == PageSize(width: 200, height: 300))
        let box = try #require(document.texts.first?.prov.first?.bbox)
        #expect(box.left > 165 && box.right < 190 && abs(box.top - 280) < 0.01 && abs(box.bottom - 260) < 0.01)
    }

    @Test func `an image without words is a picture, and one that nobody could read is named`() {
        let empty = page(RecognizedText(words: [], turns: 0, droppedWords: 0))
        #expect(empty.isRecognized == true && document(empty).pictures.map(\.contentLayer) == [.body])
        #expect(page(nil).isRecognized == false)
    }

    @Test func `what a page has as text stays where no more than that is recognised`() {
        var page = SyntheticPage()
        page.text("Introduction", x: 50, y: 50)
        let image = GreyImage(width: 6, height: 8, resolution: 72, pixels: [UInt8](repeating: 255, count: 48))
        for text in ["", "Intro", "Introduction to lamps"] {
            let words = text.isEmpty ? [] : [word(text, x: 1, baseline: 4, starts: true)]
            var content = page.content
            let reader = Reader(text: RecognizedText(words: words, turns: 0, droppedWords: 0))
            PageRecognition(recognizer: reader, limits: PDFLimits()).read(image, into: &content)
            #expect(content.glyphs.count == max(text.count, 12) && (content.recognition != nil) == (text.count > 12), "\(text)")
        }
    }

    @Test func `a frame that was turned is turned back`() {
        var content = PageContent(width: 200, height: 300)
        content.images = [Box(x0: 0, y0: 0, x1: 50, y1: 100)]
        let original = content
        for turns in 1...3 {
            content.turn(by: turns)
            #expect(content.turns == 4 - turns && content.shown(content.images[0]) == original.images[0])
            content.turn(by: content.turns)
            #expect(content.turns == 0 && content.width == 200 && content.images == original.images)
        }
    }

    @Test func `hostile words trap nothing`() {
        let words = [
            word("", x: 0, baseline: 0), word("\u{0}\u{FFFF}", x: 5, baseline: 5), word("a", x: .min / 4, baseline: .max / 4),
            RecognizedWord(
                text: "b", left: 9, top: 9, right: 3, bottom: 3, baseline: -5, lineHeight: -1, startsLine: true, confidence: .nan),
        ]
        _ = document(page(RecognizedText(words: words, turns: 7, droppedWords: -1)))
    }

    @Test func `a turned image has its pixels where a turned sheet has them`() {
        let image = GreyImage(width: 3, height: 2, resolution: 0, pixels: [1, 2, 3, 4, 5, 6])
        #expect(image.turned(by: 1) == GreyImage(width: 2, height: 3, resolution: 0, pixels: [4, 1, 5, 2, 6, 3]))
        #expect(image.turned(by: 2).pixels == [6, 5, 4, 3, 2, 1])
        #expect(image.turned(by: 3).pixels == [3, 6, 2, 5, 1, 4])
        #expect(image.turned(by: -1) == image.turned(by: 3) && image.turned(by: 4) == image)
    }

    @Test func `only pages of an image and hardly any text are scans`() {
        var page = SyntheticPage()
        #expect(!ScanFinder.isScan(page.content))
        page.content.images = [Box(x0: 0, y0: 0, x1: 600, y1: 390)]
        #expect(!ScanFinder.isScan(page.content))
        page.content.images.append(Box(x0: 0, y0: 390, x1: 600, y1: 9_000))
        #expect(ScanFinder.isScan(page.content))
        page.text("Copy 17", x: 50, y: 50)
        #expect(ScanFinder.isScan(page.content))
        page.text("of a page that has text of its own", x: 50, y: 30)
        #expect(!ScanFinder.isScan(page.content))
    }
}
