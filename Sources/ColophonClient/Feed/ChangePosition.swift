/// A place in a workspace's feed: after the change of this number. 0 is before the first one.
public struct ChangePosition: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let number: Int64

    public init(_ number: Int64) { self.number = max(0, number) }

    /// Reads the decimal number that the server's answers hold; nil where it is none.
    public init?(_ text: String) {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int64(text) else { return nil }
        self.number = number
    }

    public var description: String { "\(number)" }

    public static func < (left: ChangePosition, right: ChangePosition) -> Bool { left.number < right.number }
}

extension ChangePosition: Codable {
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let position = ChangePosition(text) else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "no position of a feed: \(text)"))
        }
        self = position
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
