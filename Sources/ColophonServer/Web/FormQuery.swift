import ColophonAPI

/// A query as forms write it (WHATWG URL, section 5.1): a plus sign is a space there, where other queries mean what they say.
enum FormQuery {
    /// The first value of each name; what cannot be read is left out.
    static func values(_ query: String?) -> [String: String] {
        let pairs = (query ?? "").split(separator: "&").compactMap { pair -> (String, String)? in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { part in
                PercentEncoding.decode(String(part.map { $0 == "+" ? " " : $0 }))
            }
            guard parts.count == 2, let name = parts[0], let value = parts[1] else { return nil }
            return (name, value)
        }
        return Dictionary(pairs) { first, _ in first }
    }
}
