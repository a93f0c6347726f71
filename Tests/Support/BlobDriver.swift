import ColophonBlobs
package import ColophonCore
import ColophonProcesses
import Testing

/// A blob store that the conformance suite runs against; every driver must pass every rule.
package enum BlobDriver: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case local, s3

    package var testDescription: String { rawValue }

    /// All, unless somebody has asked to go without S3.
    package static let available = allCases.filter { $0 != .s3 || SeaweedServer.isWanted }

    /// An empty store.
    package func openEmpty() async throws -> OpenBlobs {
        switch self {
        case .local:
            let folder = try TemporaryFolder()
            return OpenBlobs(blobs: try LocalBlobStore(root: "\(folder.path)/blobs"), folder: folder)
        case .s3: return OpenBlobs(blobs: try await SeaweedServer.shared().store())
        }
    }
}

/// A blob store under test; what it needs is gone with the last reference.
package struct OpenBlobs: Sendable {
    package let blobs: any BlobStore
    private let folder: TemporaryFolder?

    package init(blobs: any BlobStore, folder: TemporaryFolder? = nil) {
        self.blobs = blobs
        self.folder = folder
    }

    /// The keys of all that is stored.
    package func keys() async throws -> Set<BlobKey> {
        let found = Found()
        try await blobs.scan(writtenBefore: SystemClock().now() + .seconds(3600), batch: 1000) { await found.add($0) }
        return await found.keys
    }

    private actor Found {
        var keys: Set<BlobKey> = []
        func add(_ batch: [BlobKey]) { keys.formUnion(batch) }
    }
}
