import CPDFium

/// A PDF's bookmarks (ISO 32000-1, 12.3.3), which are mostly made of its headings.
///
/// Only what stands on the page that a bookmark leads to, with the bookmark's words, is taken for its heading.
struct Bookmarks {
    private static let bookmarksMax = 5_000
    private static let depthMax = 6
    private static let titleMax = 400
    /// Shorter words stand on a page by chance.
    private static let keyMin = 3

    /// Levels, from 1, by page and key.
    private var levels: [Int: [String: Int]] = [:]

    static let none = Bookmarks()

    private init() {}

    /// - Complexity: O(bookmarks); a circle of them ends at the most that are read.
    init(of document: PDFDocumentHandle) {
        let functions = document.pdfium.functions
        // The next to look at, innermost last, each with its level.
        var open: [(bookmark: pdfium_bookmark, level: Int)] = []
        if let first = functions.FPDFBookmark_GetFirstChild(document.pointer, nil) { open.append((first, 1)) }
        var count = 0
        while let (bookmark, level) = open.popLast(), count < Self.bookmarksMax {
            count += 1
            if let next = functions.FPDFBookmark_GetNextSibling(document.pointer, bookmark) { open.append((next, level)) }
            if level < Self.depthMax, let child = functions.FPDFBookmark_GetFirstChild(document.pointer, bookmark) {
                open.append((child, level + 1))
            }
            add(bookmark, level: level, of: document)
        }
    }

    private mutating func add(_ bookmark: pdfium_bookmark, level: Int, of document: PDFDocumentHandle) {
        let functions = document.pdfium.functions
        guard let destination = functions.FPDFBookmark_GetDest(document.pointer, bookmark) else { return }
        let page = Int(functions.FPDFDest_GetDestPageIndex(document.pointer, destination)) + 1
        let units = UTF16Text.read(max: Self.titleMax) { buffer, capacity, bytes in
            bytes?.pointee = functions.FPDFBookmark_GetTitle(bookmark, buffer, capacity)
            return true
        }
        add(String(decoding: units, as: UTF16.self), level: level, page: page)
    }

    /// Adds what PDFium would have read.
    mutating func add(_ title: String, level: Int, page: Int) {
        let key = Self.key(title)
        guard page >= 1, key.utf8.count >= Self.keyMin else { return }
        // Of two equal ones on a page the outer one stands for what is seen.
        levels[page, default: [:]][key] = min(level, levels[page]?[key] ?? level)
    }

    /// The level of the heading that a text is; nil where no bookmark leads to it.
    func level(of text: String, page: Int) -> Int? {
        guard let levels = levels[page] else { return nil }
        let key = Self.key(text)
        // Bookmarks often lack the numbers that headings have.
        return levels[key] ?? levels[String(key.drop { $0.isNumber })]
    }

    /// Letters and digits alone, in lower case: spaces, full stops and dashes are set differently.
    private static func key(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.properties.isAlphabetic || $0.properties.numericType != nil }))
            .lowercased()
    }
}
