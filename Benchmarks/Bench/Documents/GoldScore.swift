import Foundation

/// How much docling found in documents, and how much of it the program found too.
struct GoldScore {
    /// Texts, tables and pictures.
    var items = 0
    /// Those that both have with the same label and text, wherever they stand.
    var itemsAlike = 0
    /// The longest sequence of them that stands in the same order.
    var itemsInOrder = 0
    var cells = 0
    /// Those with the same text in the same rows and columns.
    var cellsAlike = 0
    /// Cells that head columns.
    var headers = 0
    var headersAlike = 0

    static func += (sum: inout GoldScore, score: GoldScore) {
        sum.items += score.items
        sum.itemsAlike += score.itemsAlike
        sum.itemsInOrder += score.itemsInOrder
        sum.cells += score.cells
        sum.cellsAlike += score.cellsAlike
        sum.headers += score.headers
        sum.headersAlike += score.headersAlike
    }

    static let tableHead = """
        | file | items of docling's | same label and text | of it in the same order | table cells of docling's \
        | same text, row, column and spans | column headers agreeing |
        | --- | ---: | ---: | ---: | ---: | ---: | ---: |
        """

    func tableRow(_ name: String) -> String {
        let figures = [
            "\(items)", share(itemsAlike, of: items), share(itemsInOrder, of: items), "\(cells)", share(cellsAlike, of: cells),
            headers == 0 ? "" : "\(headersAlike) of \(headers)",
        ]
        return "| \(name) | \(figures.joined(separator: " | ")) |"
    }

    private func share(_ part: Int, of whole: Int) -> String {
        whole == 0 ? "" : String(format: "%ld (%.1f %%)", part, 100 * Double(part) / Double(whole))
    }
}

/// Why two readings of a document could not be compared.
struct GoldProblem: Error {
    /// In one line.
    let message: String

    init(_ message: String) {
        self.message = message.split(whereSeparator: { $0.isWhitespace }).joined(separator: " ").replacingOccurrences(of: "|", with: "\\|")
    }

    func tableRow(_ name: String) -> String { "| \(name) | \(message) | | | | | |" }
}
