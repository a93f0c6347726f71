/// What `/livez` and `/readyz` answer.
public struct Health: Codable, Sendable, Equatable {
    /// `ok` or `unavailable`.
    public var status: String
    public var version: String
    /// Protections that this server lacks, in words; empty when none.
    public var warnings: [String]

    public init(status: String, version: String, warnings: [String] = []) {
        self.status = status
        self.version = version
        self.warnings = warnings
    }
}
