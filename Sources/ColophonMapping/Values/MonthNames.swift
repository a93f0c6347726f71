/// Months by their names in several languages, folded as `TextKey` folds them.
enum MonthNames {
    /// From 1; nil for what is no month's name, nor three letters or more of one that only one month begins with.
    static func month(_ key: TextKey) -> Int? {
        let name = key.value
        guard name.count >= 3 else { return nil }
        if let month = exact[name] { return month }
        let months = Set(all.filter { $0.name.hasPrefix(name) }.map(\.month))
        return months.count == 1 ? months.first : nil
    }

    private static let all: [(name: String, month: Int)] = names.flatMap { line in
        line.split(separator: " ").enumerated().map { (String($1), $0 + 1) }
    }

    private static let exact = Dictionary(all.map { ($0.name, $0.month) }, uniquingKeysWith: { first, _ in first })

    // English, Indonesian, Portuguese, German, French, Dutch, Spanish, Italian, and what is short for none of them alone.
    private static let names = [
        "january february march april may june july august september october november december",
        "januari februari maret april mei juni juli agustus september oktober november desember",
        "janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro",
        "januar februar marz april mai juni juli august september oktober november dezember",
        "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
        "januari februari maart april mei juni juli augustus september oktober november december",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "jan feb maerz apr mai jun jul agt sept okt nov des",
        "jan fev mrt abr mei jun jul ago set out nov dez",
        "januari pebruari maret april mei juni juli agustus september oktober nopember desember",
    ]
}
