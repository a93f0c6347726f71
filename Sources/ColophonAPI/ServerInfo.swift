/// What answers.
public struct ServerInfo: Codable, Sendable, Equatable {
    /// `colophon`.
    public var name: String
    public var version: String

    public init(name: String = "colophon", version: String) {
        self.name = name
        self.version = version
    }
}
