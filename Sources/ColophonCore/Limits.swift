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
    /// The languages in which pages without text are recognised, as Tesseract names them; none recognises nothing.
    package var recognitionLanguages = RunSettings.usualLanguages
    /// How long a child may go without finishing a page, and how long one extraction may take in all, where pages are recognised.
    package var recognitionPageTimeout: Duration = .seconds(60)
    package var recognitionTimeout: Duration = .seconds(3600)
    /// The child's address space, in bytes.
    package var childMemoryBytesMax: Int64 = 1 << 30
    /// Whether children go on where the kernel cannot filter their system calls.
    package var mayLackSeccomp = false
    /// The largest structure that is accepted from a child, in bytes. What is stored has its tables' grids too, which may be 128 MiB more.
    package var structureBytesMax = 256 << 20
    /// The largest electronic invoice that is accepted from a child, in bytes.
    package var invoiceBytesMax = 16 << 20
    /// The most bytes of words that are accepted from a child, where they are asked for.
    package var wordsBytesMax = 64 << 20
    /// How long a claim lasts unless renewed.
    package var lease: Duration = .seconds(15)
    /// How often a worker renews.
    package var heartbeat: Duration = .seconds(5)
    /// How long an HTTP connection may be idle.
    package var idleTimeout: Duration = .seconds(60)
    /// Connections served at once beside those of streams.
    package var connectionsMax = 4096
    /// What a key or a signed-in session may spend a minute, in units of a route's cost; an anonymous session a fifth of it, an address
    /// without a credential a tenth. 0 is without a limit.
    package var unitsPerMinute = 6000
    /// Uploads at once in a workspace, in this process.
    package var uploadsAtOnceMax = 64
    /// Whether browsers may begin without a key.
    package var allowsAnonymous = true
    package var listDefault = 50
    package var listMax = 200
    /// Memory for lists of large workspaces, in bytes; 0 is none.
    package var listBytesMax = 512 << 20
    package var eventsMax = 1000
    package var deltaDefault = 500
    package var deltaMax = 2000
    /// Streams of changes open at once.
    package var streamsMax = 20_000
    /// How long a stream of changes lives, give or take a quarter: whoever followed it comes back, perhaps to another server.
    package var streamLife: Duration = .seconds(900)
    /// How long a stream may go without its reader taking anything.
    package var streamPatience: Duration = .seconds(30)
    /// How often a stream says that it is alive.
    package var streamKeepalive: Duration = .seconds(15)
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

    /// The same for a process that may have so many files open: who connects when there are none left would hang, not be refused.
    package func fitting(openFiles: Int) -> Limits {
        var limits = self
        limits.streamsMax = max(1, min(streamsMax, openFiles - Self.filesKept))
        limits.connectionsMax = max(1, min(connectionsMax, openFiles - Self.filesKept / 4 - limits.streamsMax))
        return limits
    }

    /// Files that streams leave to everything else: a quarter of them to what is not a connection.
    private static let filesKept = 1000
}
