/// A page of the tags that a workspace's live documents have.
public struct TagCatalogue: Codable, Sendable, Equatable {
    public var items: [Item]
    public var meta: PageMeta

    public struct Item: Codable, Sendable, Equatable {
        public var tag: String
        /// How many live documents have it.
        public var documentCount: Int

        private enum CodingKeys: String, CodingKey {
            case tag
            case documentCount = "document_count"
        }

        public init(tag: String, documentCount: Int) {
            self.tag = tag
            self.documentCount = documentCount
        }
    }

    public init(items: [Item], meta: PageMeta) {
        self.items = items
        self.meta = meta
    }
}
