import DoclingDocument

@testable import ColophonMapping

/// Pages put together from lines of text: letters are 5 points wide and 10 high, a column of the text is a place on the page.
struct Sheet {
    var pages: [PageText] = []

    /// A page whose rows are these lines, 14 points apart; spaces keep their width, so that columns stand below each other.
    init(_ pages: String...) {
        for (index, page) in pages.enumerated() {
            var words: [PageText.Word] = []
            let lines = page.split(separator: "\n", omittingEmptySubsequences: false)
            for (row, line) in lines.enumerated() {
                var column = 0
                for part in line.split(separator: " ", omittingEmptySubsequences: false) {
                    if !part.isEmpty {
                        let (left, top) = (Float(column) * 5, Float(row) * 14)
                        words.append(
                            PageText.Word(String(part), left: left, top: top, right: left + 5 * Float(part.count), bottom: top + 10))
                    }
                    column += part.count + 1
                }
            }
            self.pages.append(PageText(number: index + 1, width: 600, height: max(800, Float(lines.count) * 14), words: words))
        }
    }

    func mapped(by mapping: Mapping, invoice: String? = nil, settings: MappingSettings = MappingSettings(), pretty: Bool = false) -> Mapped
    {
        mapping.map(MappingSource(pages: pages, invoice: invoice.map { Array($0.utf8) }), settings: settings, pretty: pretty)
    }
}

extension Mapped {
    func text(_ field: String) -> String? { fields.first { $0.name == field }?.value.text }

    func value(_ field: String) -> MappedValue? { fields.first { $0.name == field }?.value }

    /// A column of a list, line by line.
    func column(_ name: String, of list: String = "items") -> [String?] {
        (lists.first { $0.name == list }?.lines ?? []).map { line in line.first { $0.name == name }?.value.text }
    }

    var xmlText: String? { xml.map { String(decoding: $0, as: UTF8.self) } }
}
