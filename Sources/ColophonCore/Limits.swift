/// Every bound that an operator may move, in one table.
package struct Limits: Sendable, Equatable {
    /// The largest upload, in bytes.
    package var uploadBytesMax: Int64 = 100 << 20
    /// The most pages of a document that is processed.
    package var pagesMax = 2000
    /// How long one extraction may take in all.
    package var parseTimeout: Duration = .seconds(300)
    /// How long a child may go without finishing a page.
    package var pageTimeout: Duration = .seconds(10)
    /// The child's address space, in bytes.
    package var childMemoryBytesMax: Int64 = 1 << 30
    /// The largest structure that is accepted from a child, in bytes.
    package var structureBytesMax = 256 << 20
    /// How long a claim lasts unless renewed.
    package var lease: Duration = .seconds(15)
    /// How often a worker renews.
    package var heartbeat: Duration = .seconds(5)
    /// How long an HTTP connection may be idle.
    package var idleTimeout: Duration = .seconds(60)
    /// Connections served at once.
    package var connectionsMax = 4096
    package var listDefault = 50
    package var listMax = 200
    package var eventsMax = 1000
    /// How long a change stays in the feed; nil is for ever. The newest one always does.
    package var feedKept: Duration? = .seconds(14 * 86_400)
    /// How long an event stays in its document's history; nil is for ever.
    package var eventsKept: Duration? = .seconds(90 * 86_400)
    /// How long a deleted document's bytes are kept; nil is for ever.
    package var deletedKept: Duration? = .seconds(30 * 86_400)
    /// How often what is due is swept.
    package var sweepInterval: Duration = .seconds(3600)
    /// Blobs that no row refers to are removed when they are older than this.
    package var leftoverAge: Duration = .seconds(24 * 3600)

    package init() {}
}
