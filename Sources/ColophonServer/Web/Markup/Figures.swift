import ColophonAPI

/// Numbers and times as people read them; the page's script writes them the same way, and times in the reader's zone.
enum Figures {
    static func bytes(_ count: Int64) -> String {
        if count < 1024 { return "\(count) B" }
        var value = Double(count)
        var unit = -1
        while value >= 1023.5, unit < 3 {
            value /= 1024
            unit += 1
        }
        let tenths = Int((value * 10).rounded())
        let digits = tenths < 100 ? "\(tenths / 10).\(tenths % 10)" : "\(Int(value.rounded()))"
        return "\(digits) \(["KB", "MB", "GB", "TB"][unit])"
    }

    /// A time's day and minute, in UTC as the ledger has it.
    static func time(_ text: String?, part: String? = nil) -> HTML {
        guard let text else { return HTML("–") }
        let shown = text.prefix(16).map { $0 == "T" ? " " : $0 }
        return element("time", ["datetime": text, "data-part": part]) { String(shown) + " UTC" }
    }

    /// Many formats have no pages.
    static func pages(_ run: DocumentOut.LastRun?) -> String { run?.pagesTotal.flatMap { $0 > 0 ? String($0) : nil } ?? "–" }

    static func count(_ count: Int, _ one: String, _ many: String) -> String { "\(count) \(count == 1 ? one : many)" }
}
