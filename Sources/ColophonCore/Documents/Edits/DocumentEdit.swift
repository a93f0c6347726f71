/// What is to be changed of a document; what is nil stays.
package struct DocumentEdit: Sendable, Equatable {
    /// Made safe to show.
    package var name: String?
    /// Replaces all of it.
    package var metadata: DocumentMetadata?
    /// Replaces all of them; normalised, sorted.
    package var tags: [String]?

    /// - Throws: `invalid` when nothing is to be changed, when a name has nothing that can be shown, or a tag is none.
    package init(name: String? = nil, metadata: DocumentMetadata? = nil, tags: [String]? = nil) throws {
        guard name != nil || metadata != nil || tags != nil else {
            throw ColophonError(.invalid, "Name at least one thing to change: name, metadata or tags.")
        }
        self.name = try name.map(DocumentName.shown)
        self.metadata = metadata
        self.tags = try tags.map { try DocumentTag.normalized($0) }
    }
}

/// Tags to add to documents and to take from them.
package struct TagEdit: Sendable, Equatable {
    /// Normalised, sorted.
    package var added: [String]
    /// The same; what is in both is added.
    package var removed: [String]

    /// - Throws: `invalid` when both are empty, or a tag is none.
    package init(add: [String], remove: [String]) throws {
        guard !add.isEmpty || !remove.isEmpty else { throw ColophonError(.invalid, "Name at least one tag to add or to remove.") }
        added = try DocumentTag.normalized(add, field: "add")
        removed = try DocumentTag.normalized(remove, field: "remove").filter { [added] in !added.contains($0) }
    }

    /// The tags of a document after the edit, sorted.
    ///
    /// - Throws: `invalid` when there are too many.
    package func applied(to tags: some Sequence<String>) throws -> [String] {
        let result = Set(tags).subtracting(removed).union(added)
        guard result.count <= DocumentTag.countMax else { throw DocumentTag.tooMany("add") }
        return DocumentTag.sorted(result)
    }
}

/// What became of a verb over several documents.
package struct Batch<Item: Sendable>: Sendable {
    /// In the order in which their documents were named, each once.
    package var items: [Item]
    /// Unknown and deleted documents, in the same order.
    package var notFound: [DocumentID]

    package init(items: [Item], notFound: [DocumentID]) {
        self.items = items
        self.notFound = notFound
    }
}

/// What an upload does where a live document of the workspace has its name.
package enum ConflictMode: String, CaseIterable, Sendable {
    /// It is refused.
    case reject
    /// The document gets another version.
    case uploadNewVersion = "upload_new_version"
    /// A document of its own, called "name (2).ext".
    case keepBoth = "keep_both"
}
