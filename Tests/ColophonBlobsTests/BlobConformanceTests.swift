import ColophonBlobs
import ColophonCore
import ColophonTestSupport
import Foundation
import Testing

/// What every blob store promises; written once, run against every driver.
@Suite struct BlobConformanceTests {
    enum Driver: String, CaseIterable, Sendable {
        case local

        func openEmpty() throws -> (blobs: any BlobStore, folder: TemporaryFolder) {
            let folder = try TemporaryFolder()
            return (try LocalBlobStore(root: "\(folder.path)/blobs"), folder)
        }
    }

    static let key = BlobKey(rawValue: "w/sources/a")

    /// Pieces of the sizes given, then perhaps an error, as a connection that breaks.
    struct Body: AsyncSequence, Sendable {
        var sizes: [Int]
        var breaks = false

        func makeAsyncIterator() -> Iterator { Iterator(body: self) }

        struct Iterator: AsyncIteratorProtocol {
            let body: Body
            var index = 0

            mutating func next() async throws -> ArraySlice<UInt8>? {
                guard index < body.sizes.count else {
                    if body.breaks { throw POSIXError(.ECONNRESET) }
                    return nil
                }
                defer { index += 1 }
                return Array(repeating: UInt8(truncatingIfNeeded: index), count: body.sizes[index])[...]
            }
        }
    }

    @Test(arguments: Driver.allCases)
    func `what was put is read back, whole and in part, with its hash and its head`(driver: Driver) async throws {
        let (blobs, folder) = try driver.openEmpty()
        defer { withExtendedLifetime(folder) {} }
        let receipt = try await blobs.put(Self.key, bytesMax: 1 << 20, body: Body(sizes: [0, 3, 700_000, 5]))
        #expect(receipt.bytes == 700_008 && receipt.head.count == ContentType.headBytes)
        let whole = try await blobs.bytes(of: Self.key, bytesMax: 1 << 20)
        #expect(whole.count == 700_008 && whole[0] == 1 && whole[3] == 2 && whole.last == 3)
        #expect(try await blobs.put(BlobKey(rawValue: "w/sources/b"), bytes: whole).sha256 == receipt.sha256)
        var part: [UInt8] = []
        for try await piece in try await blobs.read(Self.key, range: 2..<5) { part += piece }
        #expect(part == [1, 2, 2])
        let read = try await blobs.withDescriptor(Self.key) { descriptor in
            var buffer = [UInt8](repeating: 9, count: 4)
            return (Foundation.read(descriptor, &buffer, 4), buffer)
        }
        #expect(read.0 == 4 && read.1 == [1, 1, 1, 2])
    }

    /// Computed with another implementation.
    @Test(arguments: Driver.allCases)
    func `the hash is SHA-256 in lower-case hexadecimal`(driver: Driver) async throws {
        let (blobs, folder) = try driver.openEmpty()
        defer { withExtendedLifetime(folder) {} }
        let receipt = try await blobs.put(Self.key, bytes: Array("abc".utf8))
        #expect(receipt.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test(arguments: Driver.allCases)
    func `a put that breaks off or grows too large leaves nothing`(driver: Driver) async throws {
        let (blobs, folder) = try driver.openEmpty()
        await #expect(throws: POSIXError.self) {
            _ = try await blobs.put(Self.key, bytesMax: 100, body: Body(sizes: [10, 10], breaks: true))
        }
        let error = await #expect(throws: ColophonError.self) {
            _ = try await blobs.put(Self.key, bytesMax: 100, body: Body(sizes: [60, 41]))
        }
        #expect(error?.code == .tooLarge)
        await #expect(throws: ColophonError.self) { _ = try await blobs.read(Self.key, range: nil) }
        #expect(try Self.files(below: folder.path).isEmpty)
        #expect(try await blobs.put(Self.key, bytesMax: 100, body: Body(sizes: [100])).bytes == 100)
    }

    @Test(arguments: Driver.allCases)
    func `a deleted blob is gone, and deleting it again is no error`(driver: Driver) async throws {
        let (blobs, folder) = try driver.openEmpty()
        defer { withExtendedLifetime(folder) {} }
        _ = try await blobs.put(Self.key, bytes: [1])
        try await blobs.delete(Self.key)
        try await blobs.delete(Self.key)
        let error = await #expect(throws: ColophonError.self) { _ = try await blobs.bytes(of: Self.key, bytesMax: 10) }
        #expect(error?.code == .notFound)
    }

    @Test(arguments: Driver.allCases)
    func `a scan finds every old blob in batches, and no young one`(driver: Driver) async throws {
        let (blobs, folder) = try driver.openEmpty()
        defer { withExtendedLifetime(folder) {} }
        let keys = (0..<25).map { BlobKey(rawValue: "w/runs/r\($0 % 3)/\($0)") }
        for key in keys { _ = try await blobs.put(key, bytes: [1]) }
        let found = Found()
        try await blobs.scan(writtenBefore: SystemClock().now() - .seconds(3600), batch: 10) { await found.add($0) }
        #expect(await found.batches.isEmpty)
        try await blobs.scan(writtenBefore: SystemClock().now() + .seconds(3600), batch: 10) { await found.add($0) }
        #expect(await found.batches.allSatisfy { $0.count <= 10 })
        #expect(await Set(found.batches.flatMap(\.self)) == Set(keys))
    }

    actor Found {
        var batches: [[BlobKey]] = []
        func add(_ keys: [BlobKey]) { batches.append(keys) }
    }

    static func files(below path: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: path).filter { name in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: "\(path)/\(name)", isDirectory: &isFolder) && !isFolder.boolValue
        }
    }
}
