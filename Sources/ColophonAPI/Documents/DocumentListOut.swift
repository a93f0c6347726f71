/// A page of a workspace's documents, as they were filtered and sorted.
public struct DocumentListOut: Codable, Sendable, Equatable {
    public var items: [DocumentOut]
    public var meta: Meta
    /// By filter id, how many of the documents that match have each value; left out unless asked for.
    public var facets: [String: [FacetValue]]?

    public init(items: [DocumentOut], meta: Meta, facets: [String: [FacetValue]]? = nil) {
        self.items = items
        self.meta = meta
        self.facets = facets
    }

    public struct Meta: Codable, Sendable, Equatable {
        /// The most items that the page was asked to hold.
        public var limit: Int
        public var hasMore: Bool
        /// What to send as `cursor` for the next page; left out on the last one.
        public var nextCursor: String?
        /// Whether `totalCount` was counted.
        public var totalIncluded: Bool
        /// How many documents match; left out unless asked for.
        public var totalCount: Int?
        /// The newest change of the workspace when the page was read: the `since` to follow its feed from. `0` before any change.
        public var changesCursor: String

        public init(
            limit: Int, hasMore: Bool, nextCursor: String?, totalIncluded: Bool, totalCount: Int?, changesCursor: String
        ) {
            self.limit = limit
            self.hasMore = hasMore
            self.nextCursor = nextCursor
            self.totalIncluded = totalIncluded
            self.totalCount = totalCount
            self.changesCursor = changesCursor
        }
    }

    /// One value of a facet.
    public struct FacetValue: Codable, Sendable, Equatable {
        /// What a filter takes.
        @Nullable public var value: String?
        public var count: Int

        public init(value: String?, count: Int) {
            self.value = value
            self.count = count
        }
    }
}
