import ColophonBlobs
package import ColophonCore
import ColophonStore
import Logging

/// A library over a store in memory and blobs in a folder of its own.
package struct TestLibrary: Sendable {
    package let library: Library
    package let store: OpenStore
    package let key: APIKey
    private let folder: TemporaryFolder

    package init(limits: Limits = Limits(), renderer: (any PageRenderer)? = nil) async throws {
        folder = try TemporaryFolder()
        let feed = FeedSignal()
        store = try await StoreDriver.sqliteInMemory.openEmpty { feed.note($0) }
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        library = Library(
            store: store.store, blobs: try LocalBlobStore(root: "\(folder.path)/blobs"), limits: limits, recipe: OpenStore.recipe,
            feed: feed, logger: logger, renderer: renderer)
        key = try await library.createKey(named: "test", for: store.scope.workspace)
    }

    /// Where the blobs lie.
    package var blobFolder: String { "\(folder.path)/blobs" }
}
