package import Logging

/// What handlers, workers and tests call: it checks, authorises, stores and wakes. Drivers only store.
package struct Library: Sendable {
    package let store: any Store
    package let blobs: any BlobStore
    package let limits: Limits
    /// How runs are made, unless somebody asks for another way.
    package private(set) var recipe: RunRecipe
    /// Signalled when a job may have become due in this process.
    package let wake: WakeSignal
    /// Says whose feeds were moved, by this process or another.
    package let feed: FeedSignal
    /// Tells other processes the same.
    package let hints: any PeerHints
    package let logger: Logger
    package private(set) var machine: Machine
    /// Draws pages; nil in a process that does not.
    package private(set) var renderer: (any PageRenderer)?
    /// With which mappings documents may be turned into XML, sorted by name.
    package private(set) var mappings: [MappingSummary] = []
    /// The one of them for clients who name none.
    package private(set) var usualMapping = ""
    /// Protections that this process lacks, in sentences for operators.
    package private(set) var warnings: [String] = []
    /// Showing a page reads a whole structure into memory: few at once, whoever asks.
    let pageGate = Gate(width: 2, waitingMax: 64)
    /// Drawing a page takes a process: as few at once.
    let imageGate = Gate(width: 2, waitingMax: 64, patience: .seconds(30))
    /// What opens documents that are protected, as long as this process lives.
    package let passwords = DocumentPasswords()
    /// Who was here, to be stored by `KeyUse`.
    package let uses = UseLog()

    package init(
        store: any Store, blobs: any BlobStore, limits: Limits, recipe: RunRecipe, wake: WakeSignal = WakeSignal(),
        feed: FeedSignal = FeedSignal(), hints: any PeerHints = NoHints(), logger: Logger, machine: Machine = .real,
        renderer: (any PageRenderer)? = nil
    ) {
        self.store = store
        self.blobs = blobs
        self.limits = limits
        self.recipe = recipe
        self.wake = wake
        self.feed = feed
        self.hints = hints
        self.logger = logger
        self.machine = machine
        self.renderer = renderer
    }

    /// The same over another machine's time and chance.
    package func on(_ machine: Machine) -> Library {
        var library = self
        library.machine = machine
        return library
    }

    /// The same with runs made in another way.
    ///
    /// - Throws: `badRequest` with reason `INVALID_MAPPING` for a mapping that is not offered here.
    package func making(_ change: SettingsChange) throws -> Library {
        var library = self
        library.recipe = recipe.with(try checked(change))
        return library
    }

    /// A change whose mapping is one of those that are offered: an unknown one is never sent on.
    func checked(_ change: SettingsChange) throws -> SettingsChange {
        if let choice = change.mapping { try mappings.require(choice) }
        return change
    }

    /// The same with runs made by another recipe.
    package func making(_ recipe: RunRecipe) -> Library {
        var library = self
        library.recipe = recipe
        return library
    }

    /// The same with mappings that documents may be turned into XML with.
    ///
    /// - Parameter usual: The name of the one for clients who name none.
    package func offering(_ mappings: [MappingSummary], usual: String) -> Library {
        var library = self
        library.mappings = mappings
        library.usualMapping = usual
        return library
    }

    /// The same with pages' images.
    package func drawing(with renderer: any PageRenderer) -> Library {
        var library = self
        library.renderer = renderer
        return library
    }

    /// The same with what its protections lack.
    package func warning(_ warnings: [String]) -> Library {
        var library = self
        library.warnings = warnings
        return library
    }

    /// Says that a job may have become due, here and to other processes.
    package func announceWork() {
        wake.signal()
        hints.announce(.work)
    }

    /// Proves that uploads and runs can be stored.
    ///
    /// - Throws: `ColophonError` that names what is away.
    package func checkReadiness() async throws {
        try await store.check()
        try await blobs.check()
    }
}
