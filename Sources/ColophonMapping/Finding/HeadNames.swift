/// Which columns a name may be the head of.
struct HeadNames {
    typealias Name = (column: ListRule.Column, place: Int, rank: Int)

    let beginnings: KeyBeginnings
    private var byKey: [TextKey: [Name]] = [:]

    init(_ list: ListRule) {
        beginnings = KeyBeginnings(of: list.columns.flatMap { $0.heads.map(\.key) })
        for (place, column) in list.columns.enumerated() {
            for (rank, head) in column.heads.enumerated() { byKey[head.key, default: []].append((column, place, rank)) }
        }
    }

    subscript(key: TextKey) -> [Name] { byKey[key] ?? [] }
}
