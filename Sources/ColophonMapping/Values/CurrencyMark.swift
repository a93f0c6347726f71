/// What invoices write for a currency beside an amount.
enum CurrencyMark {
    static func isOne(_ text: String) -> Bool {
        let bare = text.trimmingPrefix { "([".contains($0) }.prefix { !")].:".contains($0) }
        if bare.allSatisfy(\.isCurrencySymbol), !bare.isEmpty { return true }
        return marks.contains(bare.uppercased())
    }

    private static let marks: Set<String> = [
        "USD", "EUR", "GBP", "IDR", "BRL", "CHF", "INR", "JPY", "SGD", "AUD", "CAD", "NZD", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "MYR",
        "THB", "PHP",
        "VND", "CNY", "HKD", "KRW", "ZAR", "MXN", "TRY", "AED", "SAR", "ILS", "RP", "RS", "R$", "US$", "A$", "C$", "S$", "HK$", "KR", "FR",
        "RM", "ZL", "EURO",
    ]
}
