import ColophonAPI

/// What a list page shows, as its address says it; the script reads and writes the same addresses.
struct ListAddress: Equatable {
    static let defaultSort = "-createdAt"
    static let statuses = StatusWord.choices.map(\.key)
    static let types = ["pdf", "image", "text", "html", "markdown", "office", "archive", "other"]
    static let sorts = ["name", "byteSize", "createdAt"]

    var q = ""
    var status = ""
    var type = ""
    var tag = ""
    /// A sort id, with `-` before it for descending.
    var sort = Self.defaultSort
    /// Where the page begins; nil on the first one.
    var cursor: String?

    init() {}

    /// What is not known is left out: an address that was typed wrong still shows a list.
    init(value: (String) -> String?) {
        q = String((value("q") ?? "").prefix(200))
        tag = String((value("tag") ?? "").prefix(100))
        if let status = value("status"), Self.statuses.contains(status) { self.status = status }
        if let type = value("type"), Self.types.contains(type) { self.type = type }
        if let sort = value("sort"), Self.sorts.contains(Self.bare(sort)) { self.sort = sort }
        if let cursor = value("cursor"), !cursor.isEmpty { self.cursor = cursor }
    }

    var sortID: String { Self.bare(sort) }
    var descending: Bool { sort.hasPrefix("-") }
    var isFiltered: Bool { !(q + status + type + tag).isEmpty }

    /// The query text, `?` included; empty when all is as it is without one.
    var query: String {
        let pairs = [
            ("q", q), ("status", status), ("type", type), ("tag", tag), ("sort", sort == Self.defaultSort ? "" : sort),
            ("cursor", cursor ?? ""),
        ].filter { !$0.1.isEmpty }
        guard !pairs.isEmpty else { return "" }
        return "?" + pairs.map { "\($0.0)=\(PercentEncoding.encode($0.1))" }.joined(separator: "&")
    }

    /// The list sorted by a column, or the other way round where it is already; from the first page.
    func sorted(by id: String) -> Self {
        var address = self
        // Names begin at A, sizes and times at the largest, which is what people look for.
        let natural = id == "name" ? id : "-\(id)"
        let other = id == "name" ? "-\(id)" : id
        address.sort = sort == natural ? other : natural
        address.cursor = nil
        return address
    }

    func with(_ change: (inout Self) -> Void) -> Self {
        var address = self
        address.cursor = nil
        change(&address)
        return address
    }

    private static func bare(_ sort: String) -> String { sort.hasPrefix("-") ? String(sort.dropFirst()) : sort }
}
