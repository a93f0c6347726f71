import Foundation

/// The fields of an invoice that are compared.
struct InvoiceFields {
    struct Line {
        var name: String
        /// Its price or its amount: what there is.
        var amounts: [Double]
    }

    var number: String?
    var date: String?
    var total: Double?
    var currency: String?
    var lines: [Line] = []

    init() {}

    /// Reads fields as invoice2data writes them, its tests' truth too; nil where there are none.
    init?(truth path: String) {
        guard let data = FileManager.default.contents(atPath: path),
            let fields = (try? JSONSerialization.jsonObject(with: data) as? [[String: Any]])?.first
        else { return nil }
        number = fields["invoice_number"] as? String
        date = fields["date"].map { String("\($0)".prefix(10)) }
        total = Self.number(fields["amount"])
        currency = fields["currency"] as? String ?? (fields["currency_symbol"] as? String).map { $0 == "$" ? "USD" : $0 }
        lines = (fields["lines"] as? [[String: Any]] ?? []).compactMap { line in
            let name = (line["name"] ?? line["desc"]) as? String
            let amounts = ["price_subtotal", "price_unit", "price"].compactMap { Self.number(line[$0]) }
            // Headings and notes between the lines are none.
            guard let name, !amounts.isEmpty else { return nil }
            return Line(name: String(name.prefix { $0 != "\n" }), amounts: amounts)
        }
    }

    /// Reads what `colophon mapping try --fields` prints.
    init?(report path: String) {
        // What is odd about the document is told beside the report.
        guard let line = FileManager.default.contents(atPath: path)?.split(separator: 0x0A).last(where: { $0.first == UInt8(ascii: "{") }),
            let report = try? JSONSerialization.jsonObject(with: line) as? [String: Any]
        else { return nil }
        let values = Self.values(report["fields"])
        number = values["invoice.number"]
        date = values["invoice.date"]
        total = values["totals.total"].flatMap(Double.init)
        currency = values["invoice.currency"]
        let items = (report["lists"] as? [[String: Any]] ?? []).first { $0["name"] as? String == "items" }
        lines = (items?["lines"] as? [Any] ?? []).map { line in
            let values = Self.values(line)
            return Line(
                name: values["description"] ?? "", amounts: ["amount", "unit_price"].compactMap { values[$0].flatMap(Double.init) })
        }
    }

    private static func values(_ fields: Any?) -> [String: String] {
        let pairs = (fields as? [[String: Any]] ?? []).compactMap { field -> (String, String)? in
            guard let name = field["name"] as? String, let value = field["value"] as? String else { return nil }
            return (name, value)
        }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }

    private static func number(_ value: Any?) -> Double? { (value as? NSNumber)?.doubleValue ?? (value as? String).flatMap(Double.init) }

    func score(against truth: InvoiceFields) -> InvoiceScore {
        var score = InvoiceScore()
        score.note(0, truth.number.map { $0 == number })
        score.note(1, truth.date.map { $0 == date })
        score.note(2, truth.total.map { $0 == total })
        score.note(3, truth.currency.map { $0 == currency })
        var free = lines
        score.linesAsked = truth.lines.count
        for line in truth.lines {
            let found = free.firstIndex { own in
                own.name.localizedCaseInsensitiveContains(line.name.trimmingCharacters(in: .whitespaces))
                    && own.amounts.contains { amount in line.amounts.contains { abs($0 - amount) < 0.005 } }
            }
            guard let found else { continue }
            free.remove(at: found)
            score.linesFound += 1
        }
        return score
    }
}

/// How many fields are as the truth has them.
struct InvoiceScore {
    /// Number, date, total, currency: nil where the truth has none.
    var fields: [Bool?] = [nil, nil, nil, nil]
    var found = [0, 0, 0, 0]
    var asked = [0, 0, 0, 0]
    var linesFound = 0
    var linesAsked = 0

    mutating func note(_ index: Int, _ isRight: Bool?) {
        fields[index] = isRight
        guard let isRight else { return }
        asked[index] += 1
        if isRight { found[index] += 1 }
    }

    static func += (sum: inout InvoiceScore, score: InvoiceScore) {
        for index in sum.found.indices {
            sum.found[index] += score.found[index]
            sum.asked[index] += score.asked[index]
        }
        sum.linesFound += score.linesFound
        sum.linesAsked += score.linesAsked
    }

    var row: String { (fields.map { $0.map { $0 ? "yes" : "no" } ?? "–" } + ["\(linesFound) of \(linesAsked)"]).joined(separator: ", ") }

    var sum: String { (zip(found, asked).map { "\($0) of \($1)" } + ["\(linesFound) of \(linesAsked)"]).joined(separator: ", ") }
}
