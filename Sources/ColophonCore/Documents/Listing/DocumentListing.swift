/// A page of a list of documents, with what was asked for beside it; all of one moment.
package struct DocumentListing: Sendable, Equatable {
    package var items: [DocumentRow]
    package var hasMore: Bool
    /// Where the next page begins; nil when this is the last.
    package var nextCursor: String?
    /// How many documents the filters hold for; nil unless it was asked for.
    package var total: Int?
    /// Nil unless they were asked for.
    package var facets: DocumentFacets?
    /// The newest change of the workspace's feed at that moment: a client that follows the feed from here misses nothing. 0 before any.
    package var changesCursor: Int64

    package init(
        items: [DocumentRow], hasMore: Bool, nextCursor: String?, total: Int?, facets: DocumentFacets?, changesCursor: Int64
    ) {
        self.items = items
        self.hasMore = hasMore
        self.nextCursor = nextCursor
        self.total = total
        self.facets = facets
        self.changesCursor = changesCursor
    }
}

/// How many of the documents that the filters hold for have each value: most frequent first, equals by value.
package struct DocumentFacets: Sendable, Equatable {
    /// The most tags that are counted apart.
    package static let tagsMax = 50
    /// The most uploaders that are counted apart.
    package static let uploadersMax = 50

    package struct Count: Sendable, Equatable {
        package var value: String
        package var count: Int

        package init(_ value: String, _ count: Int) {
            self.value = value
            self.count = count
        }
    }

    /// Of documents whose newest run waits to be started nothing is counted.
    package var lastRunPhase: [Count]
    package var fileType: [Count]
    package var tags: [Count]
    package var source: [Count]
    /// By uploader's id.
    package var uploaderId: [Count]

    package init(lastRunPhase: [Count], fileType: [Count], tags: [Count], source: [Count], uploaderId: [Count]) {
        self.lastRunPhase = lastRunPhase
        self.fileType = fileType
        self.tags = tags
        self.source = source
        self.uploaderId = uploaderId
    }
}
