/// What a page of a list says about the list.
public struct PageMeta: Codable, Sendable, Equatable {
    /// The most items that a page was asked to hold.
    public var limit: Int
    public var hasMore: Bool
    /// What to send as `cursor` for the next page; left out on the last one.
    public var nextCursor: String?

    public init(limit: Int, hasMore: Bool, nextCursor: String?) {
        self.limit = limit
        self.hasMore = hasMore
        self.nextCursor = nextCursor
    }
}
