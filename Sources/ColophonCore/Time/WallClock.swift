import FoundationEssentials

/// Where the time of day comes from; passed in so that tests can move it.
///
/// Leases and due times are judged on the database's clock, which on SQLite is this one.
package protocol WallClock: Sendable {
    func now() -> Timestamp
}

package struct SystemClock: WallClock {
    package init() {}

    package func now() -> Timestamp {
        Timestamp(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
    }
}
