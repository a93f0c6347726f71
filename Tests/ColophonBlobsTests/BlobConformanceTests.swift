import ColophonBlobs
import ColophonCore
import ColophonTestSupport
import Foundation
import Testing

/// What every blob store promises; written once, run against every driver.
@Suite(.timeLimit(.minutes(5))) struct BlobConformanceTests {
    static let key = BlobKey(rawValue: "w/sources/a")

    @Test(arguments: BlobDriver.available)
    func `what was put is read back, whole and in part, with its hash and its head`(driver: BlobDriver) async throws {
        let open = try await driver.openEmpty()
        let blobs = open.blobs
        let receipt = try await blobs.put(Self.key, bytesMax: 1 << 20, body: PiecewiseBody(sizes: [0, 3, 700_000, 5]))
        #expect(receipt.bytes == 700_008 && receipt.head.count == ContentType.headBytes)
        let whole = try await blobs.bytes(of: Self.key, bytesMax: 1 << 20)
        #expect(whole.count == 700_008 && whole[0] == 1 && whole[3] == 2 && whole.last == 3)
        #expect(try await blobs.put(BlobKey(rawValue: "w/sources/b"), bytes: whole).sha256 == receipt.sha256)
        var part: [UInt8] = []
        for try await piece in try await blobs.read(Self.key, range: 2..<5) { part += piece }
        #expect(part == [1, 2, 2])
        for try await piece in try await blobs.read(Self.key, range: 5..<5) { Issue.record("an empty range has a piece of \(piece.count)") }
    }

    @Test(arguments: BlobDriver.available)
    func `a descriptor stands at the blob's first byte and can be mapped`(driver: BlobDriver) async throws {
        let open = try await driver.openEmpty()
        let receipt = try await open.blobs.put(Self.key, bytesMax: 1 << 20, body: PiecewiseBody(sizes: [3, 700_000]))
        let (first, mapped) = try await open.blobs.withDescriptor(Self.key, sha256: receipt.sha256, by: .threads) { descriptor in
            var buffer = [UInt8](repeating: 9, count: 4)
            #expect(Foundation.read(descriptor, &buffer, 4) == 4)
            let memory = try #require(mmap(nil, 700_003, PROT_READ, MAP_PRIVATE, descriptor, 0))
            defer { munmap(memory, 700_003) }
            return (buffer, [UInt8](UnsafeRawBufferPointer(start: memory, count: 700_003)))
        }
        #expect(first == [0, 0, 0, 1] && mapped == Array(repeating: 0, count: 3) + Array(repeating: 1, count: 700_000))
    }

    /// Computed with another implementation.
    @Test(arguments: BlobDriver.available)
    func `the hash is SHA-256 in lower-case hexadecimal`(driver: BlobDriver) async throws {
        let open = try await driver.openEmpty()
        let receipt = try await open.blobs.put(Self.key, bytes: Array("abc".utf8))
        #expect(receipt.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test(arguments: BlobDriver.available)
    func `an empty blob is one too`(driver: BlobDriver) async throws {
        let open = try await driver.openEmpty()
        let receipt = try await open.blobs.put(Self.key, bytes: [])
        #expect(receipt.sha256 == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(try await open.blobs.bytes(of: Self.key, sha256: receipt.sha256, bytesMax: 1).isEmpty)
        #expect(try await open.keys() == [Self.key])
    }

    /// More than two parts of a multipart upload, and a rest.
    @Test(arguments: BlobDriver.available)
    func `a large blob of odd size comes back as it was, also from its middle`(driver: BlobDriver) async throws {
        let open = try await driver.openEmpty()
        let body = GeneratedBody(bytes: 20 << 20 | 4711)
        let receipt = try await open.blobs.put(Self.key, bytesMax: .max, body: body)
        #expect(receipt.bytes == body.bytes)
        var offset: Int64 = 0
        for try await piece in try await open.blobs.read(Self.key, sha256: receipt.sha256) {
            #expect(piece.count <= 256 << 10 && piece == body.slice(offset..<offset + Int64(piece.count)))
            offset += Int64(piece.count)
        }
        #expect(offset == body.bytes)
        let middle: Range<Int64> = (8 << 20) - 3..<(8 << 20) + 300_000
        var part: [UInt8] = []
        for try await piece in try await open.blobs.read(Self.key, range: middle) { part += piece }
        #expect(part == body.slice(middle))
        try await open.blobs.withDescriptor(Self.key, sha256: receipt.sha256, by: .threads) { descriptor in
            #expect(lseek(descriptor, 0, Int32(SEEK_END)) == off_t(body.bytes))
        }
    }

    @Test(arguments: BlobDriver.available)
    func `a put replaces what was there`(driver: BlobDriver) async throws {
        let open = try await driver.openEmpty()
        for bytes: [UInt8] in [[1, 2, 3], [4, 5]] { _ = try await open.blobs.put(Self.key, bytes: bytes) }
        #expect(try await open.blobs.bytes(of: Self.key, bytesMax: 10) == [4, 5])
    }

    @Test(arguments: BlobDriver.available, [10, 12 << 20])
    func `a put that breaks off, grows too large or is cancelled leaves nothing`(driver: BlobDriver, size: Int) async throws {
        let open = try await driver.openEmpty()
        let limit = Int64(size * 3)
        await #expect(throws: POSIXError.self) {
            _ = try await open.blobs.put(Self.key, bytesMax: limit, body: PiecewiseBody(sizes: [size, size], breaks: true))
        }
        let error = await #expect(throws: ColophonError.self) {
            _ = try await open.blobs.put(Self.key, bytesMax: limit, body: PiecewiseBody(sizes: [size, size, size, 1]))
        }
        #expect(error?.code == .tooLarge)
        let (waiting, isWaiting) = AsyncStream.makeStream(of: Void.self)
        let put = Task { [size] in
            try await open.blobs.put(Self.key, bytesMax: limit, body: HangingBody(first: size) { isWaiting.finish() })
        }
        for await _ in waiting {}
        put.cancel()
        await #expect(throws: CancellationError.self) { _ = try await put.value }
        await #expect(throws: ColophonError.self) { _ = try await open.blobs.bytes(of: Self.key, bytesMax: 1) }
        #expect(try await open.keys().isEmpty)
        #expect(try await open.blobs.put(Self.key, bytesMax: 100, body: PiecewiseBody(sizes: [100])).bytes == 100)
    }

    @Test(arguments: BlobDriver.available)
    func `a deleted blob is gone, and deleting it again is no error`(driver: BlobDriver) async throws {
        let open = try await driver.openEmpty()
        _ = try await open.blobs.put(Self.key, bytes: [1])
        try await open.blobs.delete(Self.key)
        try await open.blobs.delete(Self.key)
        let error = await #expect(throws: ColophonError.self) { _ = try await open.blobs.bytes(of: Self.key, bytesMax: 10) }
        #expect(error?.code == .notFound && error?.reason == "EXPIRED")
        let second = await #expect(throws: ColophonError.self) { try await open.blobs.withDescriptor(Self.key) { _ in } }
        #expect(second?.code == .notFound)
    }

    @Test(arguments: BlobDriver.available)
    func `bytes that are not those that were recorded are refused before the last of them is out`(driver: BlobDriver) async throws {
        let open = try await driver.openEmpty()
        let recorded = try await open.blobs.put(Self.key, bytes: Array(repeating: 1, count: 600_000)).sha256
        _ = try await open.blobs.put(Self.key, bytes: Array(repeating: 2, count: 600_000))
        var seen = 0
        let error = await #expect(throws: ColophonError.self) {
            for try await piece in try await open.blobs.read(Self.key, sha256: recorded) { seen += piece.count }
        }
        #expect(error?.code == .damaged && seen < 600_000)
        let second = await #expect(throws: ColophonError.self) {
            try await open.blobs.withDescriptor(Self.key, sha256: recorded, by: .threads) { _ in Issue.record("nobody may see other bytes")
            }
        }
        #expect(second?.code == .damaged)
    }

    @Test(arguments: BlobDriver.available)
    func `a scan finds every old blob in batches, and no young one`(driver: BlobDriver) async throws {
        let open = try await driver.openEmpty()
        let keys = (0..<25).map { BlobKey(rawValue: "w/runs/r\($0 % 3)/\($0)") }
        for key in keys { _ = try await open.blobs.put(key, bytes: [1]) }
        try await open.blobs.check()
        let found = Found()
        try await open.blobs.scan(writtenBefore: SystemClock().now() - .seconds(3600), batch: 10) { await found.add($0) }
        #expect(await found.batches.isEmpty)
        try await open.blobs.scan(writtenBefore: SystemClock().now() + .seconds(3600), batch: 10) { batch in
            await found.add(batch)
            // As a sweep does, which must not make it lose its place.
            for key in batch { try await open.blobs.delete(key) }
        }
        #expect(await found.batches.allSatisfy { $0.count <= 10 })
        #expect(await found.batches.flatMap(\.self).count == 25)
        #expect(await Set(found.batches.flatMap(\.self)) == Set(keys))
        #expect(try await open.keys().isEmpty)
    }

    @Test(arguments: BlobDriver.available)
    func `a listing finds what a scan does, and changes nothing`(driver: BlobDriver) async throws {
        let open = try await driver.openEmpty()
        let keys = (0..<25).map { BlobKey(rawValue: "w/runs/r\($0 % 3)/\($0)") }
        for key in keys { _ = try await open.blobs.put(key, bytes: [1]) }
        let found = Found()
        try await open.blobs.list(writtenBefore: SystemClock().now() - .seconds(3600), batch: 10) { await found.add($0) }
        #expect(await found.batches.isEmpty)
        try await open.blobs.list(writtenBefore: Timestamp(milliseconds: .max), batch: 10) { await found.add($0) }
        #expect(await found.batches.allSatisfy { $0.count <= 10 })
        #expect(await Set(found.batches.flatMap(\.self)) == Set(keys))
        #expect(try await open.keys() == Set(keys))
    }

    @Test(arguments: BlobDriver.available)
    func `a range that reaches beyond a blob's end is damage, not a crash`(driver: BlobDriver) async throws {
        let open = try await driver.openEmpty()
        // Its row says ten bytes; what is there was cut off.
        _ = try await open.blobs.put(Self.key, bytes: [1, 2, 3])
        for range: Range<Int64> in [9..<10, 2..<10, 0..<4] {
            let error = await #expect(throws: ColophonError.self) {
                for try await _ in try await open.blobs.read(Self.key, range: range) {}
            }
            #expect(error?.code == .damaged, "\(range)")
        }
    }

    @Test(arguments: BlobDriver.available)
    func `a blob's length is told without its bytes`(driver: BlobDriver) async throws {
        let open = try await driver.openEmpty()
        for (name, count) in [("none", 0), ("some", 700_000)] {
            let key = BlobKey(rawValue: "w/sources/\(name)")
            _ = try await open.blobs.put(key, bytes: Array(repeating: 1, count: count))
            #expect(try await open.blobs.length(of: key) == Int64(count))
        }
        let error = await #expect(throws: ColophonError.self) { _ = try await open.blobs.length(of: Self.key) }
        #expect(error?.code == .notFound)
    }

    actor Found {
        var batches: [[BlobKey]] = []
        func add(_ keys: [BlobKey]) { batches.append(keys) }
    }
}
