import ColophonAPI

/// A query as forms and browsers write it: a plus sign is a space there (WHATWG URL, section 5.1).
enum FormQuery {
    /// Names and values in their order; what is no encoding stands for itself.
    static func items(_ query: String?) -> [(name: String, value: String)] {
        (query ?? "").split(separator: "&").map { item in
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { part in
                let text = String(part.map { $0 == "+" ? " " : $0 })
                return PercentEncoding.decode(text) ?? text
            }
            return (parts[0], parts.count > 1 ? parts[1] : "")
        }
    }

    /// The first value of each name.
    static func values(_ query: String?) -> [String: String] {
        Dictionary(items(query).map { ($0.name, $0.value) }) { first, _ in first }
    }
}
