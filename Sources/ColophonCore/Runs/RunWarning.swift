/// Why a complete run's result lacks something.
package struct RunWarning: Sendable, Equatable {
    package enum Code: String, Sendable, CaseIterable {
        /// Pages are damaged, and empty in the result.
        case pagesDamaged = "PAGES_DAMAGED"
        /// Pages show an image and no text, and could not be recognised.
        case pagesNotRecognized = "PAGES_NOT_RECOGNIZED"
        /// Pages show an image and no text, and what was recognised is likely wrong.
        case pagesPoorlyRecognized = "PAGES_POORLY_RECOGNIZED"
    }

    package var code: Code
    /// For people; names the pages.
    package var message: String
    /// From 1, ascending.
    package var pages: [Int]

    package init(code: Code, message: String, pages: [Int]) {
        self.code = code
        self.message = message
        self.pages = pages
    }

    /// - Parameter reason: Why, as part of a sentence; empty where there is nothing to add.
    package init(_ code: Code, pages: [Int], reason: String = "") {
        let names = (pages.count == 1 ? "Page " : "Pages ") + Self.ranges(pages)
        let what =
            switch code {
            case .pagesDamaged: pages.count == 1 ? "is damaged and empty here" : "are damaged and empty here"
            case .pagesPoorlyRecognized: "could hardly be read"
            case .pagesNotRecognized: pages.count == 1 ? "shows an image only, and was not read" : "show images only, and were not read"
            }
        self.init(code: code, message: "\(names) \(what)\(reason.isEmpty ? "" : ": \(reason)").", pages: pages)
    }

    /// `1-3, 7`; not more of them than people read.
    private static func ranges(_ pages: [Int]) -> String {
        var ranges: [ClosedRange<Int>] = []
        for page in pages {
            if let last = ranges.last, last.upperBound + 1 == page {
                ranges[ranges.count - 1] = last.lowerBound...page
            } else {
                ranges.append(page...page)
            }
        }
        let shown = ranges.prefix(rangesMax).map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
        return shown.joined(separator: ", ") + (ranges.count > rangesMax ? " and others" : "")
    }

    private static let rangesMax = 20
}
