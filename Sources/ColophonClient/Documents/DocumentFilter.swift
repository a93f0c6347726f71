public import ColophonAPI

/// A condition on documents. The builders below cover what is asked most; `init` takes all that a server knows.
public struct DocumentFilter: Sendable, Equatable, Encodable {
    /// Open: a newer server may know others.
    public struct Field: RawRepresentable, Hashable, Sendable {
        public let rawValue: String

        public init(rawValue: String) { self.rawValue = rawValue }

        public static let id = Self(rawValue: "id")
        public static let name = Self(rawValue: "name")
        public static let lastRunPhase = Self(rawValue: "lastRunPhase")
        public static let fileType = Self(rawValue: "fileType")
        public static let tags = Self(rawValue: "tags")
        public static let uploaderId = Self(rawValue: "uploaderId")
        public static let createdAt = Self(rawValue: "createdAt")
        public static let updatedAt = Self(rawValue: "updatedAt")
        public static let activityAt = Self(rawValue: "activityAt")
        public static let byteSize = Self(rawValue: "byteSize")
        public static let hasOutput = Self(rawValue: "hasOutput")
        public static let source = Self(rawValue: "source")
    }

    public enum Operator: String, Sendable, CaseIterable {
        case eq, ne, `in`, notIn, lt, lte, gt, gte, iLike, notILike, isEmpty, isNotEmpty, between, isRelativeToToday
    }

    public var field: Field
    public var `operator`: Operator
    /// A list for `in`, `notIn` and `between`; left out for `isEmpty` and `isNotEmpty`.
    public var value: JSONValue?

    public init(_ field: Field, _ operator: Operator, _ value: JSONValue? = nil) {
        self.field = field
        self.operator = `operator`
        self.value = value
    }

    private enum CodingKeys: String, CodingKey { case id, `operator`, value }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(field.rawValue, forKey: .id)
        try container.encode(`operator`.rawValue, forKey: .operator)
        try container.encodeIfPresent(value, forKey: .value)
    }
}

extension DocumentFilter {
    /// Exactly these documents, where they are live; 200 at most.
    public static func ids(_ ids: [String]) -> Self { Self(.id, .in, .array(ids.map(JSONValue.string))) }

    /// Upper and lower case are the same.
    public static func name(contains text: String) -> Self { Self(.name, .iLike, .string(text)) }

    /// One of these tags at least.
    public static func tagged(anyOf tags: [String]) -> Self { Self(.tags, .in, .array(tags.map(JSONValue.string))) }

    /// The newest run's status: `queued, running, succeeded, failed, cancelled`.
    public static func lastRun(anyOf statuses: [String]) -> Self { Self(.lastRunPhase, .in, .array(statuses.map(JSONValue.string))) }

    /// `pdf, image, text, html, markdown, archive, office, other`.
    public static func fileType(anyOf types: [String]) -> Self { Self(.fileType, .in, .array(types.map(JSONValue.string))) }

    /// - Parameter time: As RFC 3339 writes it.
    public static func created(from time: String) -> Self { Self(.createdAt, .gte, .string(time)) }

    /// - Parameter time: As RFC 3339 writes it.
    public static func updated(from time: String) -> Self { Self(.updatedAt, .gte, .string(time)) }

    public static func bytes(_ range: ClosedRange<Int64>) -> Self {
        Self(.byteSize, .between, .array([.integer(range.lowerBound), .integer(range.upperBound)]))
    }

    /// Whether results can be read.
    public static func hasOutput(_ value: Bool) -> Self { Self(.hasOutput, .eq, .bool(value)) }
}
