/// What documents are put in order by; those without a value come last.
public struct DocumentSort: Sendable, Equatable, Encodable {
    /// Open: a newer server may know others.
    public struct Key: RawRepresentable, Hashable, Sendable {
        public let rawValue: String

        public init(rawValue: String) { self.rawValue = rawValue }

        public static let id = Self(rawValue: "id")
        public static let name = Self(rawValue: "name")
        public static let createdAt = Self(rawValue: "createdAt")
        public static let updatedAt = Self(rawValue: "updatedAt")
        public static let deletedAt = Self(rawValue: "deletedAt")
        public static let activityAt = Self(rawValue: "activityAt")
        /// When the newest run was asked for.
        public static let lastRunAt = Self(rawValue: "lastRunAt")
        public static let byteSize = Self(rawValue: "byteSize")
        public static let source = Self(rawValue: "source")
    }

    public var key: Key
    public var isDescending: Bool

    public init(_ key: Key, isDescending: Bool) {
        self.key = key
        self.isDescending = isDescending
    }

    public static func ascending(_ key: Key) -> Self { Self(key, isDescending: false) }
    public static func descending(_ key: Key) -> Self { Self(key, isDescending: true) }

    private enum CodingKeys: String, CodingKey { case id, desc }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(key.rawValue, forKey: .id)
        try container.encode(isDescending, forKey: .desc)
    }
}
