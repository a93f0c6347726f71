/// One condition of a list of documents.
package struct DocumentFilter: Hashable, Sendable {
    package enum ID: String, CaseIterable, Sendable {
        case id, name, lastRunPhase, fileType, tags, uploaderId, createdAt, updatedAt, activityAt, byteSize, hasOutput, source
    }

    package enum Operator: String, CaseIterable, Sendable {
        case eq, ne, `in`, notIn, lt, lte, gt, gte, iLike, notILike, isEmpty, isNotEmpty, between
        case isRelativeToToday
    }

    /// What a document is asked, whatever the operator was called.
    package enum Test: Hashable, Sendable {
        /// Whether it has one of these values; of tags, whether it has one of these tags.
        case isAmong([String], isNegated: Bool)
        /// Whether its name's key matches; `%` stands for any characters, everything else for itself.
        case isLike(String, isNegated: Bool)
        /// Whether a number lies between two, both included; nil is no bound.
        case isBetween(Int64?, Int64?, isNegated: Bool)
        /// Whether it has no value.
        case isEmpty(Bool)
        case isTrue(Bool)
    }

    package var id: ID
    package var test: Test

    package init(_ id: ID, _ test: Test) {
        self.id = id
        self.test = test
    }
}

/// How the newest run of a document stands, in the words of lists. A document whose run waits to be started has none.
package enum LastRunPhase: String, CaseIterable, Sendable {
    case queued, running, succeeded, failed, cancelled
}
