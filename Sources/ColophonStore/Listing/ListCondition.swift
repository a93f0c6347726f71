import ColophonCore

/// What a filter asks, in SQL over `files`.
enum ListCondition {
    case always, never
    /// - predicate: Finds nothing by an index: its columns stand in expressions, so that an engine takes the index that it is meant to.
    /// - source: Finds the documents, and perhaps some others, by an index; nil when none does.
    case test(predicate: SQLFragment, source: ListSource?)

    init(_ filter: DocumentFilter, in workspace: WorkspaceID, _ dialect: SQLDialect) throws {
        let writer = ConditionWriter(workspace: workspace, dialect: dialect)
        self = try writer.condition(filter)
    }

    /// Whether all words are found in a document's name or tags, or at the beginning of its id.
    static func words(_ tokens: [String]) -> SQLFragment? {
        if tokens.isEmpty { return nil }
        let found = tokens.map { token -> SQLFragment in
            let part = LikePattern.escaped(token)
            return SQLFragment(
                """
                (\(LikePattern.matches("files.name_key")) OR \(LikePattern.matches("lower(files.id)"))
                    OR coalesce((SELECT 1 FROM tags WHERE tags.workspace_id = files.workspace_id AND tags.document_id = files.id
                        AND \(LikePattern.matches("tags.tag")) LIMIT 1), 0) = 1)
                """, [.text("%\(part)%"), .text("\(part)%"), .text("%\(part)%")])
        }
        return .joined(found, by: " AND ")
    }
}

/// Patterns of LIKE in which `%` alone stands for others.
enum LikePattern {
    static func matches(_ expression: String) -> String { "\(expression) LIKE ? ESCAPE '\\'" }

    /// A text that stands for itself.
    static func escaped(_ text: String) -> String { escapedWithPercent(text).replacing("%", with: "\\%") }

    /// A text in which `%` stands for any characters.
    static func escapedWithPercent(_ text: String) -> String { text.replacing("\\", with: "\\\\").replacing("_", with: "\\_") }
}

private struct ConditionWriter {
    var workspace: WorkspaceID
    var dialect: SQLDialect

    func condition(_ filter: DocumentFilter) throws -> ListCondition {
        switch filter.id {
        case .id: return try texts("id", filter.test, source: nil)
        case .name: return try texts("name_key", filter.test, source: "files_by_name")
        case .fileType: return try texts("file_type", filter.test, source: "files_by_type")
        case .uploaderId: return try texts("uploader", filter.test, source: "files_by_uploader")
        case .source: return try texts("source", filter.test, source: "files_by_source")
        case .createdAt: return numbers(.createdAt, filter.test)
        case .updatedAt: return numbers(.editedAt, filter.test)
        case .activityAt: return numbers(.activeAt, filter.test)
        case .byteSize: return numbers(.byteSize, filter.test)
        case .tags: return try tags(filter.test)
        case .lastRunPhase: return try phases(filter.test)
        case .hasOutput:
            guard case .isTrue(let has) = filter.test else { return .never }
            let predicate = SQLFragment("files.current_run_id IS \(has ? "NOT " : "")NULL")
            return .test(predicate: predicate, source: has ? nil : try .unfinished(in: workspace, dialect))
        }
    }

    /// - Parameter index: By which documents with a value are found; nil for the key.
    private func texts(_ column: String, _ test: DocumentFilter.Test, source index: String?) throws -> ListCondition {
        let hidden = "(files.\(column) || '')"
        switch test {
        case .isAmong(let texts, let isNegated):
            if texts.isEmpty { return isNegated ? .always : .never }
            let predicate = try dialect.isAmong(hidden, texts)
            if isNegated { return .test(predicate: "NOT " + predicate, source: nil) }
            return .test(
                predicate: predicate,
                source: try index.map { try .texts(column, texts, by: $0, in: workspace, dialect) } ?? .ids(texts, dialect))
        case .isLike(let pattern, let isNegated):
            let predicate = SQLFragment(
                (isNegated ? "NOT " : "") + LikePattern.matches("files.\(column)"), [.text(LikePattern.escapedWithPercent(pattern))])
            return .test(predicate: predicate, source: isNegated ? nil : .prefix(of: pattern, in: workspace, dialect))
        case .isEmpty(let isEmpty):
            // The one among them that can be.
            guard column == "uploader" else { return isEmpty ? .never : .always }
            let predicate = SQLFragment("\(hidden) \(isEmpty ? "=" : "<>") ''")
            return .test(
                predicate: predicate, source: isEmpty ? try .texts(column, [""], by: "files_by_uploader", in: workspace, dialect) : nil)
        case .isBetween, .isTrue: return .never
        }
    }

    private func numbers(_ column: ListColumn, _ test: DocumentFilter.Test) -> ListCondition {
        switch test {
        case .isEmpty(let isEmpty): return isEmpty ? .never : .always
        case .isBetween(let least, let most, let isNegated):
            if least == nil && most == nil { return isNegated ? .never : .always }
            let range = ListRange(column: column, least: least, most: most)
            let predicate = range.condition(on: "(\(column.sql) + 0)")
            if isNegated { return .test(predicate: "NOT (" + predicate + ")", source: nil) }
            return .test(predicate: predicate, source: .range(range, in: workspace, dialect))
        default: return .never
        }
    }

    private func tags(_ test: DocumentFilter.Test) throws -> ListCondition {
        // Not EXISTS, which PostgreSQL may turn into a join that comes first.
        func has(_ which: SQLFragment) -> SQLFragment {
            "coalesce((SELECT 1 FROM tags WHERE tags.workspace_id = files.workspace_id AND tags.document_id = files.id" + which
                + " LIMIT 1), 0)"
        }
        switch test {
        case .isAmong(let texts, let isNegated):
            if texts.isEmpty { return isNegated ? .always : .never }
            let found = has(" AND " + (try dialect.isAmong("tags.tag", texts)))
            return .test(
                predicate: found + (isNegated ? " = 0" : " = 1"), source: isNegated ? nil : try .tags(texts, in: workspace, dialect))
        case .isEmpty(let isEmpty):
            return .test(
                predicate: has(SQLFragment("")) + (isEmpty ? " = 0" : " = 1"), source: isEmpty ? nil : .anyTag(in: workspace, dialect))
        default: return .never
        }
    }

    private func phases(_ test: DocumentFilter.Test) throws -> ListCondition {
        var phases: Set<LastRunPhase?>
        switch test {
        case .isAmong(let words, let isNegated):
            phases = Set(words.compactMap { LastRunPhase(rawValue: $0) })
            if isNegated { phases = Set([nil] + LastRunPhase.allCases).subtracting(phases) }
        case .isEmpty(let isEmpty): phases = isEmpty ? [nil] : Set(LastRunPhase.allCases)
        default: return .never
        }
        if phases.isEmpty { return .never }
        let ended: [(LastRunPhase?, RunStatus)] = [(nil, .uploaded), (.failed, .failed), (.cancelled, .cancelled)]
        let living: [(LastRunPhase?, RunStatus)] = [(.queued, .queued), (.running, .processing), (.succeeded, .complete)]
        let outcomes = ended.filter { phases.contains($0.0) }.map(\.1.rawValue)
        let statuses = living.filter { phases.contains($0.0) }.map(\.1.rawValue)
        var parts: [SQLFragment] = []
        if !outcomes.isEmpty { parts.append(try dialect.isAmong("(files.last_outcome || '')", outcomes)) }
        if statuses.count == living.count {
            parts.append(SQLFragment("files.last_outcome IS NULL"))
        } else if !statuses.isEmpty {
            // Asked of documents alone that do not say it themselves.
            let status = """
                (SELECT runs.status FROM runs WHERE runs.workspace_id = files.workspace_id AND runs.document_id = files.id
                    AND runs.run_no = files.run_count)
                """
            parts.append("(files.last_outcome IS NULL AND " + (try dialect.isAmong(status, statuses)) + ")")
        }
        let source: ListSource? =
            statuses.contains(RunStatus.complete.rawValue)
            ? nil : try .phases(outcomes: outcomes, statuses: statuses, in: workspace, dialect)
        return .test(predicate: "(" + .joined(parts, by: " OR ") + ")", source: source)
    }
}
