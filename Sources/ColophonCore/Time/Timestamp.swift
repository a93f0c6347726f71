import FoundationEssentials

/// A moment, in whole milliseconds since 1970-01-01 UTC; the resolution that the database keeps.
package struct Timestamp: Hashable, Comparable, Sendable {
    package var milliseconds: Int64

    package init(milliseconds: Int64) { self.milliseconds = milliseconds }

    package static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }

    package static func + (left: Self, right: Duration) -> Self { Self(milliseconds: left.milliseconds + right.wholeMilliseconds) }

    package static func - (left: Self, right: Duration) -> Self { Self(milliseconds: left.milliseconds - right.wholeMilliseconds) }

    /// RFC 3339 in UTC with milliseconds, as HTTP answers carry it.
    package var text: String {
        Date(timeIntervalSince1970: Double(milliseconds) / 1000)
            .formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }
}

extension Duration {
    /// Whole milliseconds, rounded towards zero.
    package var wholeMilliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }
}
