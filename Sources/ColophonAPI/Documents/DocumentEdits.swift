/// The body of a change to a document; what is left out stays as it is.
public struct DocumentPatch: Codable, Sendable, Equatable {
    public var name: String?
    /// Replaces the stored object as a whole.
    public var metadata: [String: JSONValue]?
    /// Replaces all tags.
    public var tags: [String]?

    public init(name: String? = nil, metadata: [String: JSONValue]? = nil, tags: [String]? = nil) {
        self.name = name
        self.metadata = metadata
        self.tags = tags
    }
}

/// The body that replaces all of a document's tags.
public struct TagsBody: Codable, Sendable, Equatable {
    public var tags: [String]

    public init(tags: [String]) { self.tags = tags }
}

/// The body that adds and removes tags of one document.
public struct TagsPatch: Codable, Sendable, Equatable {
    public var add: [String]?
    public var remove: [String]?

    public init(add: [String]? = nil, remove: [String]? = nil) {
        self.add = add
        self.remove = remove
    }
}

/// What an upload does where a live document has its name already.
public enum ConflictMode: String, Codable, Sendable, CaseIterable {
    /// Nothing is recorded; the answer is a conflict.
    case reject
    /// The bytes become that document's newest version.
    case uploadNewVersion = "upload_new_version"
    /// The new document is named `name (2).ext`.
    case keepBoth = "keep_both"
}
