import ColophonCore

/// A process's way to the one blob store.
struct SimulatedBlobs: BlobStore {
    let process: SimulatedProcess

    private var world: World { process.world }

    private func call<Result: Sendable>(_ execute: @escaping (World) throws -> Result) async throws -> Result {
        let world = world
        let lost = ColophonError(.unavailable, "The blob store did not answer.")
        return try await process.call(.blobs, lost: lost) { try execute(world) }
    }

    func put<Body: AsyncSequence & Sendable>(_ key: BlobKey, bytesMax: Int64, body: Body) async throws -> BlobReceipt
    where Body.Element == ArraySlice<UInt8> {
        var bytes: [UInt8] = []
        for try await piece in body { bytes += piece }
        guard bytes.count <= bytesMax else { throw ColophonError.uploadTooLarge(bytesMax) }
        return try await call { [bytes] world in
            if !world.isCalm && world.dice.happens(world.weather.fullDisks) {
                world.tally.count(.fullDisk)
                throw ColophonError(.storageFull, "The disk is full.")
            }
            return world.shelf.put(bytes, at: key, now: world.scheduler.now)
        }
    }

    func read(_ key: BlobKey, range: Range<Int64>?) async throws -> BlobBody {
        let bytes = try await call { world in
            guard let blob = world.shelf[key] else { throw ColophonError(.notFound, "There is no such blob.") }
            return blob.bytes
        }
        let part = range.map { Array(bytes[Int($0.lowerBound)..<Int($0.upperBound)]) } ?? bytes
        return BlobBody(bytes: Int64(part.count)) { Array(part[Int($0)...]) }
    }

    func withDescriptor<Result: Sendable>(_ key: BlobKey, _ body: @Sendable (Int32) async throws -> Result) async throws -> Result {
        let descriptor = try await call { world in
            guard let blob = world.shelf[key] else { throw ColophonError(.notFound, "There is no such blob.") }
            return world.readings.open(key, blob.bytes)
        }
        return try await body(descriptor)
    }

    /// Simulated descriptors are no files that could be hashed; what is stored here never changes.
    func withDescriptor<Result: Sendable>(
        _ key: BlobKey, sha256: String, by heavyWork: HeavyWork, _ body: @Sendable (Int32) async throws -> Result
    ) async throws -> Result {
        try await withDescriptor(key, body)
    }

    func delete(_ key: BlobKey) async throws {
        try await call { $0.shelf.delete(key) }
    }

    func scan(writtenBefore moment: Timestamp, batch: Int, _ body: @Sendable ([BlobKey]) async throws -> Void) async throws {
        // Compared with the age of files, which the blob store's machine knows by its own clock.
        let keys = try await call { $0.shelf.keys(writtenBefore: (moment.milliseconds - World.epoch) * 1000) }
        for start in stride(from: 0, to: keys.count, by: batch) { try await body(Array(keys[start..<min(start + batch, keys.count)])) }
    }

    func list(writtenBefore moment: Timestamp, batch: Int, _ body: @Sendable ([BlobKey]) async throws -> Void) async throws {
        try await scan(writtenBefore: moment, batch: batch, body)
    }

    func check() async throws {}
}
