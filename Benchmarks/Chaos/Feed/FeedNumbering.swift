import ArgumentParser

/// Where the numbers of changes come from.
enum FeedNumbering: String, ExpressibleByArgument, CaseIterable {
    /// The workspace's counter, bumped last in a transaction: how Colophon does it.
    case counter
    /// A sequence, taken when the change is noted: how it must not be done. A reader then passes over what commits late, which the run has to
    /// find. PostgreSQL alone has sequences, and writers beside one another.
    case serial

    func sequence(of workspace: Int) -> String { "feed_serial_\(workspace)" }
}
