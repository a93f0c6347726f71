/// The body of a batch: at most 200 documents.
public struct BatchBody: Codable, Sendable, Equatable {
    public var documentIds: [String]

    public init(documentIds: [String]) { self.documentIds = documentIds }
}

/// The body of a batch that starts runs of at most 200 documents.
public struct BatchRunsBody: Codable, Sendable, Equatable {
    public var documentIds: [String]
    /// In which languages pages without text are recognised; none leaves the server's.
    public var ocrLanguages: [String]?

    public init(documentIds: [String], ocrLanguages: [String]? = nil) {
        self.documentIds = documentIds
        self.ocrLanguages = ocrLanguages
    }
}

/// The body of a batch that adds and removes tags of at most 200 documents.
public struct BatchTagsBody: Codable, Sendable, Equatable {
    public var documentIds: [String]
    public var add: [String]?
    public var remove: [String]?

    public init(documentIds: [String], add: [String]? = nil, remove: [String]? = nil) {
        self.documentIds = documentIds
        self.add = add
        self.remove = remove
    }
}

/// The answer to a batch of deletions.
public struct BatchDeletion: Codable, Sendable, Equatable {
    public var deleted: [String]
    /// Ids that name no live document of this workspace.
    public var notFound: [String]

    public init(deleted: [String], notFound: [String]) {
        self.deleted = deleted
        self.notFound = notFound
    }
}

/// The answer to a batch of changes.
public struct BatchTagging: Codable, Sendable, Equatable {
    /// The documents as they are now.
    public var documents: [DocumentOut]
    /// Ids that name no live document of this workspace.
    public var notFound: [String]

    public init(documents: [DocumentOut], notFound: [String]) {
        self.documents = documents
        self.notFound = notFound
    }
}
