import ColophonCore
import ColophonStore
import ColophonTestSupport
import ColophonUpkeep
import Logging
import NIOCore
import NIOHTTP1
import Testing

@testable import ColophonBlobs

/// A ledger with real bytes, for tests of what operators do to it.
struct UpkeepBench {
    let open: OpenStore
    let blobs: any BlobStore
    let folder: TemporaryFolder
    private let bucket: OpenBlobs?
    var store: SQLStore { SQLStore(open.database) }

    /// - Parameter place: Where its bytes are; locally they are files of `folder`, which tests may damage.
    init(_ driver: StoreDriver, _ place: BlobDriver = .local) async throws {
        open = try await driver.openEmpty()
        folder = try TemporaryFolder()
        bucket = place == .local ? nil : try await place.openEmpty()
        blobs = try bucket?.blobs ?? LocalBlobStore(root: "\(folder.path)/blobs")
    }

    func path(of key: BlobKey) -> String { "\(folder.path)/blobs/\(key.rawValue)" }

    /// Changes a blob's first byte behind its store's back: what the store knows of its hash stays.
    func flip(_ key: BlobKey) async throws {
        guard let bucket = blobs as? S3BlobStore else { return try flipByte(at: path(of: key)) }
        var bytes = try await blobs.bytes(of: key, bytesMax: 1 << 20)
        let recorded = ByteBuffer(bytes: bytes).sha256()
        bytes[0] ^= 1
        let body = ByteBuffer(bytes: bytes)
        var request = S3Request(method: .PUT, key: bucket.client.location.prefix + key.rawValue, body: body)
        request.payload = Hex.encode(body.sha256())
        request.headers = [("x-amz-meta-sha256", Hex.encode(recorded))]
        _ = try await bucket.client.send(request)
    }

    /// Leaves a blob's first bytes.
    func cut(_ key: BlobKey, to count: Int) async throws {
        let bytes = try await blobs.bytes(of: key, bytesMax: 1 << 20)
        _ = try await blobs.put(key, bytes: Array(bytes.prefix(count)))
    }

    /// Stores bytes and records them, as an upload does.
    @discardableResult
    func upload(_ content: String, to id: String? = nil) async throws -> UploadOutcome {
        let receipt = try await blobs.put(.source(in: open.scope.workspace), bytes: Array(content.utf8))
        return try await open.store.acceptUpload(
            Upload(
                documentID: try id.map { try DocumentID(chosen: $0) }, receipt: receipt, contentType: "application/pdf",
                originalName: "\(content).pdf", process: true, recipe: OpenStore.recipe),
            in: open.scope)
    }

    /// Has bytes uploaded by the library itself.
    func send(_ content: String, to document: DocumentID? = nil) async throws -> UploadOutcome {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let library = Library(store: open.store, blobs: blobs, limits: Limits(), recipe: OpenStore.recipe, logger: logger)
        let body = AsyncStream<ArraySlice<UInt8>> { stream in
            stream.yield(Array(content.utf8)[...])
            stream.finish()
        }
        return try await library.upload(body, to: document, name: "\(content).pdf", declaredType: nil, in: open.scope)
    }

    /// Claims a run and completes it with results of its own.
    @discardableResult
    func complete(_ job: ClaimedJob) async throws -> RunClaim {
        var artifacts: [Artifact] = []
        for kind in ArtifactKind.allCases {
            let receipt = try await blobs.put(.result(kind, of: job.claim), bytes: Array("\(kind) of \(job.claim.run)".utf8))
            artifacts.append(Artifact(kind: kind, blob: receipt.key, sha256: receipt.sha256, bytes: receipt.bytes))
        }
        try await open.store.complete(job.claim, with: RunResult(artifacts: artifacts, pages: 1, items: 1))
        return job.claim
    }

    @discardableResult
    func completeNext() async throws -> RunClaim { try await complete(try #require(try await open.claim().first)) }

    /// Breaks the ledger behind its own back.
    func sql(_ statement: String) async throws {
        let changed = try await open.database.write { try $0.execute(statement) }
        #expect(changed > 0, "\(statement)")
    }

    func fsck(
        repairs: Bool = false, hashes: Bool = true, clock: any WallClock = SystemClock(), over blobs: (any BlobStore)? = nil
    ) async throws -> FsckReport {
        var options = Fsck.Options()
        (options.repairs, options.hashes) = (repairs, hashes)
        return try await Fsck(store: store, blobs: blobs ?? self.blobs, limits: Limits(), options: options, clock: clock).run()
    }
}

/// What a finding is about and what became of it, without its words.
struct Found: Equatable, CustomStringConvertible {
    enum Outcome: String { case repairable, repaired, left }

    var code: String
    var document: DocumentID?
    var run: RunID?
    var outcome: Outcome
    var description: String { "\(code) \(document?.rawValue ?? "-") \(run?.rawValue ?? "-") \(outcome)" }

    init(_ code: String, _ document: DocumentID? = nil, _ run: RunID? = nil, _ outcome: Outcome) {
        (self.code, self.document, self.run, self.outcome) = (code, document, run, outcome)
    }

    init(_ finding: FsckFinding) {
        let outcome: Outcome =
            switch finding.outcome {
            case .repairable: .repairable
            case .repaired: .repaired
            case .needs: .left
            }
        self.init(finding.code, finding.document, finding.run, outcome)
    }
}

extension FsckReport {
    var found: [Found] { findings.map(Found.init) }
}
