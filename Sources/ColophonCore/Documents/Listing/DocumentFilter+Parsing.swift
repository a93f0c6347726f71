extension DocumentFilter {
    package static let countMax = 25
    /// The longest text of all filters, in bytes.
    package static let bytesMax = 8 << 10

    /// Filters in a request's words: a JSON array of `{"id": …, "operator": …, "value": …}`. Those whose value says nothing are left out.
    ///
    /// - Parameter now: What `isRelativeToToday` counts from.
    /// - Throws: `invalid`, with what is wrong in the sentence.
    package static func parse(_ text: String?, now: Timestamp) throws -> [DocumentFilter] {
        guard let text, !text.isEmpty else { return [] }
        guard text.utf8.count <= bytesMax else { throw invalid("filters has at most \(bytesMax) bytes.") }
        guard case .array(let items) = PlainJSON(text.utf8) else { throw malformed }
        guard items.count <= countMax else { throw invalid("filters names at most \(countMax) conditions.") }
        return try items.compactMap { try parse($0, now: now) }
    }

    private static func parse(_ item: PlainJSON, now: Timestamp) throws -> DocumentFilter? {
        guard case .object(let members) = item, case .text(let name) = members["id"], case .text(let word) = members["operator"] else {
            throw malformed
        }
        if homeless.contains(name) { throw invalid("Filter id '\(name)' has no home here: documents have no assignees or mentions.") }
        guard let id = ID(rawValue: name) else { throw invalid("Unsupported filter id '\(name.prefix(64))'.") }
        guard let op = aliases[word] ?? Operator(rawValue: word) else { throw invalid("Unsupported filter operator '\(word.prefix(64))'.") }
        guard id.operators.contains(op) else { throw invalid("Filter '\(name)' does not support operator '\(word)'.") }
        switch op {
        case .isEmpty: return DocumentFilter(id, .isEmpty(true))
        case .isNotEmpty: return DocumentFilter(id, .isEmpty(false))
        default: break
        }
        guard let value = members["value"], !value.isBlank else { return nil }
        let reader = Reader(id: id, op: op, word: word, now: now)
        return try reader.test(value).map { DocumentFilter(id, $0) }
    }

    private static let homeless: Set<String> = ["assigneeId", "mentionedUserId"]
    private static let aliases: [String: Operator] = ["inArray": .in, "notInArray": .notIn, "isBetween": .between]

    fileprivate static var malformed: ColophonError {
        invalid(#"filters must be a JSON array such as [{"id":"name","operator":"iLike","value":"report"}]."#)
    }
    fileprivate static func invalid(_ message: String) -> ColophonError { ColophonError(.invalid, message, field: "filters") }
}

extension DocumentFilter.ID {
    /// What can be asked of the column.
    package var operators: Set<DocumentFilter.Operator> {
        switch self {
        case .id: [.eq, .in]
        case .name: [.eq, .ne, .in, .notIn, .iLike, .notILike, .isEmpty, .isNotEmpty]
        case .lastRunPhase, .fileType, .tags, .uploaderId, .source: [.eq, .ne, .in, .notIn, .isEmpty, .isNotEmpty]
        case .createdAt, .updatedAt, .activityAt:
            [.eq, .ne, .lt, .lte, .gt, .gte, .between, .isRelativeToToday, .isEmpty, .isNotEmpty]
        case .byteSize: [.eq, .ne, .lt, .lte, .gt, .gte, .between, .isEmpty, .isNotEmpty]
        case .hasOutput: [.eq, .ne]
        }
    }

    fileprivate var isTime: Bool { self == .createdAt || self == .updatedAt || self == .activityAt }

    /// The words that the column holds; nil when it may hold any.
    fileprivate var words: [String]? {
        switch self {
        case .lastRunPhase: LastRunPhase.allCases.map(\.rawValue)
        case .fileType: FileType.allCases.map(\.rawValue)
        case .source: DocumentSource.allCases.map(\.rawValue)
        default: nil
        }
    }
}

/// Reads a filter's value as its column and operator want it.
private struct Reader {
    var id: DocumentFilter.ID
    var op: DocumentFilter.Operator
    /// The operator as the request called it.
    var word: String
    var now: Timestamp

    func test(_ value: PlainJSON) throws -> DocumentFilter.Test? {
        switch op {
        case .iLike, .notILike: return try pattern(value).map { .isLike($0, isNegated: op == .notILike) }
        case .isRelativeToToday:
            guard case .text(let word) = value, let days = RelativeDays.range(word, now: now) else {
                throw expects(RelativeDays.words)
            }
            return .isBetween(days.lowerBound, days.upperBound, isNegated: false)
        case .between:
            guard case .array(let bounds) = value, bounds.count == 2 else { throw expects("an array of two values") }
            return .isBetween(
                try bounds[0].isBlank ? nil : number(bounds[0]), try bounds[1].isBlank ? nil : number(bounds[1]), isNegated: false)
        case .lt, .lte, .gt, .gte: return try bound(try number(value))
        case .eq, .ne:
            if id == .hasOutput { return .isTrue(try flag(value) == (op == .eq)) }
            if id.isTime || id == .byteSize {
                let number = try number(value)
                return .isBetween(number, number, isNegated: op == .ne)
            }
            return .isAmong(try texts([value]), isNegated: op == .ne)
        case .in, .notIn:
            guard case .array(let values) = value else { throw expects("a non-empty array value") }
            return .isAmong(try texts(values.filter { !$0.isBlank }), isNegated: op == .notIn)
        case .isEmpty, .isNotEmpty: return nil
        }
    }

    private func bound(_ number: Int64) throws -> DocumentFilter.Test {
        switch op {
        case .lt: .isBetween(nil, number == .min ? .min : number - 1, isNegated: false)
        case .lte: .isBetween(nil, number, isNegated: false)
        case .gt: .isBetween(number == .max ? .max : number + 1, nil, isNegated: false)
        default: .isBetween(number, nil, isNegated: false)
        }
    }

    private func pattern(_ value: PlainJSON) throws -> String? {
        guard case .text(let text) = value else { throw expects("a text value") }
        // A database compares with no longer one, and no name is as long.
        guard text.utf8.count <= OriginalName.bytesMax else { throw expects("a text value of at most \(OriginalName.bytesMax) bytes") }
        let key = DocumentName.key(text)
        if key.isEmpty { return nil }
        guard !key.holdsControls else { throw expects("a text value without control characters") }
        return key.contains("%") ? key : "%\(key)%"
    }

    private func texts(_ values: [PlainJSON]) throws -> [String] {
        var texts: [String] = []
        for value in values {
            guard case .text(let text) = value else { throw expects("text values") }
            guard !text.holdsControls else { throw expects("text values without control characters") }
            switch id {
            case .name: texts.append(DocumentName.key(text))
            // What can be no tag is no document's.
            case .tags: texts.append((try? DocumentTag.normalized(text)) ?? text)
            default: texts.append(text)
            }
        }
        if let words = id.words {
            let unknown = texts.filter { !words.contains($0) }
            if !unknown.isEmpty {
                throw DocumentFilter.invalid("Invalid \(id.rawValue) value(s): \(unknown.map { $0.prefix(64) }.joined(separator: ", "))")
            }
        }
        return Array(Set(texts)).sorted()
    }

    private func number(_ value: PlainJSON) throws -> Int64 {
        switch value {
        case .integer(let number): return number
        case .number(let number):
            guard let whole = Int64(exactly: number) else { break }
            return whole
        case .text(let text) where id.isTime:
            guard let time = Timestamp(text: text) else { break }
            return time.milliseconds
        case .text(let text):
            guard let number = Int64(text) else { break }
            return number
        default: break
        }
        throw expects(id.isTime ? "a time, as RFC 3339 text or in milliseconds since 1970" : "a whole number")
    }

    private func flag(_ value: PlainJSON) throws -> Bool {
        switch value {
        case .bool(let flag): return flag
        case .text("true"): return true
        case .text("false"): return false
        default: throw expects("true or false")
        }
    }

    private func expects(_ what: String) -> ColophonError {
        DocumentFilter.invalid("Filter '\(id.rawValue)' with operator '\(word)' expects \(what)")
    }
}
