/// Writes small PDFs for tests: pages of text, lines, areas and images; broken and odd ones on request.
struct PDFWriter {
    enum Font: String {
        case regular = "F1"
        case bold = "F2"
        case monospaced = "F3"
        /// The letters `a` to `z` stand for Hebrew ones, from alef on.
        case hebrew = "F4"
    }

    struct Page {
        var width = 595.0
        var height = 842.0
        /// Clockwise, in degrees.
        var rotation = 0
        /// Left, bottom, right, top; the whole page when `nil`.
        var cropBox: [Double]?
        var operators = ""
        var hasImage = false

        /// Text from a point on its baseline; ASCII only.
        mutating func text(_ text: String, x: Double, y: Double, size: Double = 10, font: Font = .regular, renderMode: Int = 0) {
            let escaped = text.replacing("\\", with: "\\\\").replacing("(", with: "\\(").replacing(")", with: "\\)")
            operators += "BT /\(font.rawValue) \(size) Tf \(renderMode) Tr 1 0 0 1 \(x) \(y) Tm (\(escaped)) Tj ET\n"
        }

        /// Lines of text, one below the other.
        mutating func lines(_ lines: [String], x: Double, y: Double, size: Double = 10, leading: Double = 14, font: Font = .regular) {
            for (index, line) in lines.enumerated() { text(line, x: x, y: y - Double(index) * leading, size: size, font: font) }
        }

        mutating func line(_ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double) {
            operators += "\(x0) \(y0) m \(x1) \(y1) l S\n"
        }

        /// A grid of lines through these places.
        mutating func grid(xs: [Double], ys: [Double]) {
            guard let left = xs.first, let right = xs.last, let top = ys.first, let bottom = ys.last else { return }
            for x in xs { line(x, top, x, bottom) }
            for y in ys { line(left, y, right, y) }
        }

        mutating func image(x: Double, y: Double, width: Double, height: Double) {
            hasImage = true
            operators += "q \(width) 0 0 \(height) \(x) \(y) cm /Im1 Do Q\n"
        }
    }

    enum Flaw {
        case none
        /// An encryption dictionary that no empty password opens.
        case encrypted
        /// The last half of the file is missing.
        case truncated
    }

    var pages: [Page] = []
    var flaw = Flaw.none
    /// Files that the document carries, by name; ASCII only.
    var attachments: [(name: String, content: String)] = []

    /// Bookmarks in order, each with its page and level, both from 1; ASCII only.
    var bookmarks: [(title: String, page: Int, level: Int)] = []
    /// The last bookmark is followed by the first.
    var bookmarksCircle = false

    /// Pages that each hold one sentence.
    static func simple(pageCount: Int, flaw: Flaw = .none) -> PDFWriter {
        var writer = PDFWriter(flaw: flaw)
        for number in 0..<pageCount {
            var page = Page()
            page.text("Page \(number + 1) of a document that a test has written.", x: 72, y: 700)
            writer.pages.append(page)
        }
        return writer
    }

    func bytes() -> [UInt8] {
        var objects = Objects()
        let catalog = objects.reserve()
        let tree = objects.reserve()
        let fonts = addFonts(to: &objects)
        let image = objects.add(
            stream: "\u{40}\u{40}\u{40}\u{40}", "/Type/XObject/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8")
        var kids: [String] = []
        for page in pages {
            let content = objects.add(stream: page.operators, "")
            let crop = page.cropBox.map { "/CropBox[\($0.map { "\($0)" }.joined(separator: " "))]" } ?? ""
            let images = page.hasImage ? "/XObject<</Im1 \(image) 0 R>>" : ""
            let number = objects.add(
                "<</Type/Page/Parent \(tree) 0 R/MediaBox[0 0 \(page.width) \(page.height)]\(crop)/Rotate \(page.rotation)"
                    + "/Resources<</Font<<\(fonts)>>\(images)>>/Contents \(content) 0 R>>")
            kids.append("\(number) 0 R")
        }
        let files = attachments.sorted { $0.name < $1.name }.map { name, content in
            let file = objects.add(stream: content, "/Type/EmbeddedFile/Subtype/text#2Fxml")
            return "(\(name))\(objects.add("<</Type/Filespec/F(\(name))/UF(\(name))/EF<</F \(file) 0 R>>>>")) 0 R"
        }
        let names = files.isEmpty ? "" : "/Names<</EmbeddedFiles<</Names[\(files.joined(separator: " "))]>>>>"
        let outlines = addBookmarks(to: &objects, pages: kids)
        objects.set(catalog, "<</Type/Catalog/Pages \(tree) 0 R\(names)\(outlines)>>")
        objects.set(tree, "<</Type/Pages/Count \(kids.count)/Kids[\(kids.joined(separator: " "))]>>")
        var trailer = "/Root \(catalog) 0 R"
        if flaw == .encrypted {
            let key = String(repeating: "5A", count: 32)
            let encryption = objects.add("<</Filter/Standard/V 1/R 2/P -4/O<\(key)>/U<\(key)>>>")
            trailer += "/Encrypt \(encryption) 0 R/ID[<00><00>]"
        }
        let bytes = objects.file(trailer: trailer)
        return flaw == .truncated ? Array(bytes[..<(bytes.count / 2)]) : bytes
    }

    private func addBookmarks(to objects: inout Objects, pages: [String]) -> String {
        guard !bookmarks.isEmpty else { return "" }
        let root = objects.reserve()
        let numbers = bookmarks.map { _ in objects.reserve() }
        for (index, bookmark) in bookmarks.enumerated() {
            let rest = bookmarks.indices.dropFirst(index + 1)
            let next = rest.first { bookmarks[$0].level <= bookmark.level }.flatMap {
                bookmarks[$0].level == bookmark.level ? numbers[$0] : nil
            }
            let child = rest.first.flatMap { bookmarks[$0].level > bookmark.level ? numbers[$0] : nil }
            let after = next ?? (bookmarksCircle && index == bookmarks.count - 1 ? numbers[0] : nil)
            objects.set(
                numbers[index],
                "<</Title(\(bookmark.title))/Parent \(root) 0 R/Dest[\(pages[bookmark.page - 1]) /Fit]"
                    + (after.map { "/Next \($0) 0 R" } ?? "") + (child.map { "/First \($0) 0 R/Last \($0) 0 R" } ?? "") + ">>")
        }
        objects.set(root, "<</Type/Outlines/First \(numbers[0]) 0 R/Last \(numbers[numbers.count - 1]) 0 R>>")
        return "/Outlines \(root) 0 R"
    }

    private func addFonts(to objects: inout Objects) -> String {
        let map =
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /H def /CMapType 2 def\n"
            + "1 begincodespacerange <00> <FF> endcodespacerange\n1 beginbfrange <61> <7A> <05D0> endbfrange\nendcmap end end"
        let unicode = objects.add(stream: map, "")
        return [
            ("F1", "Helvetica", ""), ("F2", "Helvetica-Bold", ""), ("F3", "Courier", ""), ("F4", "Helvetica", "/ToUnicode \(unicode) 0 R"),
        ]
        .map { name, base, more in
            let font = objects.add("<</Type/Font/Subtype/Type1/BaseFont/\(base)/Encoding/WinAnsiEncoding\(more)>>")
            return "/\(name) \(font) 0 R"
        }.joined()
    }

    private struct Objects {
        private var bodies: [String] = []

        mutating func reserve() -> Int { add("null") }

        mutating func add(_ body: String) -> Int {
            bodies.append(body)
            return bodies.count
        }

        mutating func add(stream: String, _ entries: String) -> Int {
            add("<</Length \(stream.utf8.count)\(entries)>>stream\n\(stream)\nendstream")
        }

        mutating func set(_ number: Int, _ body: String) { bodies[number - 1] = body }

        func file(trailer: String) -> [UInt8] {
            var bytes = Array("%PDF-1.7\n".utf8)
            var offsets: [Int] = []
            for (index, body) in bodies.enumerated() {
                offsets.append(bytes.count)
                bytes += Array("\(index + 1) 0 obj\n\(body)\nendobj\n".utf8)
            }
            let table = bytes.count
            bytes += Array("xref\n0 \(bodies.count + 1)\n0000000000 65535 f \n".utf8)
            for offset in offsets {
                let digits = String(offset)
                bytes += Array((String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n").utf8)
            }
            bytes += Array("trailer\n<</Size \(bodies.count + 1)\(trailer)>>\nstartxref\n\(table)\n%%EOF\n".utf8)
            return bytes
        }
    }
}
