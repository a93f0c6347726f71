import ColophonBlobs
import ColophonCore
import ColophonTestSupport
import Foundation
import Testing

/// What only the local driver's folder shows.
@Suite struct LocalBlobStoreTests {
    @Test func `a put that breaks off leaves no file`() async throws {
        let folder = try TemporaryFolder()
        let blobs = try LocalBlobStore(root: "\(folder.path)/blobs")
        await #expect(throws: POSIXError.self) {
            _ = try await blobs.put(BlobConformanceTests.key, bytesMax: 100, body: PiecewiseBody(sizes: [10, 10], breaks: true))
        }
        #expect(try Self.files(below: folder.path).isEmpty)
    }

    @Test func `bytes that are missing at the end are noticed without a recorded hash`() async throws {
        let folder = try TemporaryFolder()
        let blobs = try LocalBlobStore(root: folder.path)
        _ = try await blobs.put(BlobConformanceTests.key, bytes: Array(repeating: 1, count: 600_000))
        let body = try await blobs.read(BlobConformanceTests.key, range: nil)
        truncate("\(folder.path)/\(BlobConformanceTests.key)", 300_000)
        let error = await #expect(throws: ColophonError.self) { for try await _ in body {} }
        #expect(error?.code == .damaged)
    }

    static func files(below path: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: path).filter { name in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: "\(path)/\(name)", isDirectory: &isFolder) && !isFolder.boolValue
        }
    }
}
