import ColophonCore

/// Which documents a list is of.
struct ListMatch {
    /// One of the conditions that all must hold, with where its documents are found.
    struct Part {
        var predicate: SQLFragment
        var source: ListSource?
    }

    var parts: [Part] = []
    /// What is asked of documents besides.
    var words: SQLFragment?
    /// Whether nothing can match.
    var isNone = false
    let lifecycle: DocumentQuery.Lifecycle

    init(_ query: DocumentQuery, in workspace: WorkspaceID, _ dialect: SQLDialect) throws {
        lifecycle = query.lifecycle
        words = ListCondition.words(query.tokens)
        let conditions = try query.filters.map { try ListCondition($0, in: workspace, dialect) }
        switch query.join {
        case .and: for condition in conditions { add(condition) }
        case .or: add(anyOf: conditions)
        }
        // Indexes know living documents alone.
        if lifecycle == .deleted { for index in parts.indices { parts[index].source = nil } }
    }

    mutating func add(_ condition: ListCondition) {
        switch condition {
        case .always: break
        case .never: isNone = true
        case .test(let predicate, let source): parts.append(Part(predicate: predicate, source: source))
        }
    }

    private mutating func add(anyOf conditions: [ListCondition]) {
        var predicates: [SQLFragment] = []
        var queries: [SQLFragment]? = []
        for condition in conditions {
            switch condition {
            case .always: return
            case .never: break
            case .test(let predicate, let source):
                predicates.append("(" + predicate + ")")
                if let source { queries? += source.queries } else { queries = nil }
            }
        }
        guard !predicates.isEmpty else {
            isNone = !conditions.isEmpty
            return
        }
        let source = queries.map { ListSource(queries: $0) }
        parts.append(Part(predicate: "(" + .joined(predicates, by: " OR ") + ")", source: source))
    }

    /// Whether all living documents match.
    var isAll: Bool { parts.isEmpty && words == nil && !isNone && lifecycle == .active }

    /// Whether every condition is a range of a time that the indexes of all times hold.
    var asksLiveTimesAlone: Bool { words == nil && parts.allSatisfy { $0.source?.range?.column.isLiveTime ?? false } }

    /// What is asked of a document's row, by no index.
    var condition: SQLFragment {
        let life = SQLFragment(
            lifecycle == .active ? "files.deleted_at IS NULL" : "files.deleted_at IS NOT NULL AND files.purged_at IS NULL")
        return .joined([life] + parts.map(\.predicate) + (words.map { [$0] } ?? []), by: " AND ")
    }
}
