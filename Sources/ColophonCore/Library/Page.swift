/// A page of a list, with whether there is more after it.
package struct Page<Item: Sendable>: Sendable {
    package var items: [Item]
    package var hasMore: Bool

    /// - Parameter found: Up to one item more than the page holds: the one that tells of more.
    init(_ found: [Item], limit: Int) {
        items = Array(found.prefix(limit))
        hasMore = found.count > limit
    }
}
