/// An invented sales invoice: what it says, and how it is laid out. Companies, people and numbers are made up.
package struct SampleInvoice: Sendable {
    package struct Line: Sendable {
        package var code: String
        package var name: String
        /// A second row of the description; empty for none.
        package var more: String
        package var quantity: Int
        package var unit: String
        /// In hundredths.
        package var price: Int
        package var amount: Int { quantity * price }
    }

    package var number: String
    package var year: Int
    package var month: Int
    package var day: Int
    package var seller: String
    package var buyer: String
    package var address: [String]
    package var lines: [Line]
    package var style: Style

    /// In hundredths.
    package var total: Int { lines.reduce(0) { $0 + $1.amount } }
    package var tax: Int { (total * 11 + 50) / 100 }

    package struct Style: Sendable {
        package enum Facts: Sendable {
            /// A label, a colon, the value.
            case inline
            /// The value in a column of its own, far to the right.
            case columns
            /// Labels side by side, each with its value below.
            case below
        }

        package enum Table: Sendable {
            case ruled, plain
            /// Lines over and under the head alone.
            case booktabs
        }

        package var isIndonesian = true
        package var facts = Facts.inline
        package var table = Table.plain
        /// Whether the buyer stands behind its label, or in a block below it.
        package var buyerBehindLabel = false
        package var decimalComma = true
        package var currency = ""
        /// Whether units stand behind quantities, rather than in a column.
        package var unitBehindQuantity = false
        package var headInTwoRows = false
        package var hasCodes = true
        package var monthByName = true
        package var size = 9.0
        /// After so many lines the table goes on on the next page.
        package var linesPerPage = 40

        package init() {}
    }

    /// A number of hundredths as the style writes it.
    package func written(_ hundredths: Int) -> String {
        var digits = "\(hundredths / 100)"
        var groups: [String] = []
        while digits.count > 3 {
            groups.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        let whole = ([digits] + groups).joined(separator: style.decimalComma ? "." : ",")
        let cents = hundredths % 100
        return style.currency + whole + (style.decimalComma ? "," : ".") + (cents < 10 ? "0\(cents)" : "\(cents)")
    }

    var writtenDate: String {
        if !style.monthByName { return "\(day < 10 ? "0" : "")\(day)/\(month < 10 ? "0" : "")\(month)/\(year)" }
        return style.isIndonesian ? "\(day) \(Self.indonesian[month - 1]) \(year)" : "\(Self.english[month - 1]) \(day), \(year)"
    }

    private static let indonesian = [
        "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember",
    ]
    private static let english = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ]
}
