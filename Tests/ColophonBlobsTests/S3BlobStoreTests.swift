import AsyncHTTPClient
import ColophonCore
import ColophonProcesses
import ColophonTestSupport
import Foundation
import NIOCore
import NIOHTTP1
import Synchronization
import Testing

@testable import ColophonBlobs

/// What only S3 has, against a real server.
@Suite(.enabled(if: SeaweedServer.isWanted, "COLOPHON_TEST_WITHOUT_S3 is 1"), .timeLimit(.minutes(5)))
struct S3BlobStoreTests {
    static let key = BlobKey(rawValue: "w/sources/a")

    private func unfinished(_ store: S3BlobStore) async throws -> Int {
        let request = S3Request(method: .GET, key: "", query: [("uploads", ""), ("prefix", store.client.location.prefix)])
        return try await store.client.sendForXML(request, root: "ListMultipartUploadsResult").all("Upload").count
    }

    private func begin(_ key: String, in store: S3BlobStore) async throws {
        let request = S3Request(method: .POST, key: store.client.location.prefix + key, query: [("uploads", "")])
        _ = try await store.client.sendForXML(request, root: "InitiateMultipartUploadResult")
    }

    @Test func `a multipart upload that fails or is cancelled leaves no parts behind`() async throws {
        let store = try await SeaweedServer.shared().store()
        await #expect(throws: POSIXError.self) {
            _ = try await store.put(Self.key, bytesMax: .max, body: PiecewiseBody(sizes: [17 << 20], breaks: true))
        }
        let (waiting, isWaiting) = AsyncStream.makeStream(of: Void.self)
        let put = Task { try await store.put(Self.key, bytesMax: .max, body: HangingBody(first: 17 << 20) { isWaiting.finish() }) }
        for await _ in waiting {}
        #expect(try await unfinished(store) == 1)
        put.cancel()
        await #expect(throws: CancellationError.self) { _ = try await put.value }
        #expect(try await unfinished(store) == 0)
        #expect(store.gauge.heldBytes == 0)
    }

    @Test func `a scan ends the uploads that nobody has finished for long, and no young ones`() async throws {
        let store = try await SeaweedServer.shared().store()
        for name in ["w/a", "w/b", "w/a"] { try await begin(name, in: store) }
        #expect(try await unfinished(store) == 3)
        try await store.scan(writtenBefore: SystemClock().now() - .seconds(3600), batch: 10) { _ in }
        #expect(try await unfinished(store) == 3)
        try await store.scan(writtenBefore: SystemClock().now() + .seconds(3600), batch: 10) { _ in }
        #expect(try await unfinished(store) == 0)
    }

    @Test func `a scan passes over what is not ours`() async throws {
        let store = try await SeaweedServer.shared().store()
        for name in ["w/a b", "w/ä", "w/<&>", ".hidden", "w/a"] {
            _ = try await store.client.send(S3Request(method: .PUT, key: store.client.location.prefix + name))
        }
        #expect(try await OpenBlobs(blobs: store).keys() == [BlobKey(rawValue: "w/a")])
    }

    @Test(arguments: [5, 9 << 20])
    func `a put that may only add leaves alone what is there`(size: Int) async throws {
        let store = try await SeaweedServer.shared().store()
        let first = try await store.put(Self.key, bytesMax: .max, onlyIfAbsent: true, body: PiecewiseBody(sizes: [size]))
        let error = await #expect(throws: ColophonError.self) {
            _ = try await store.put(Self.key, bytesMax: .max, onlyIfAbsent: true, body: PiecewiseBody(sizes: [0, size]))
        }
        #expect(error?.code == .conflict && error?.reason == "BLOB_EXISTS")
        #expect(try await store.bytes(of: Self.key, sha256: first.sha256, bytesMax: .max).count == size)
        #expect(try await unfinished(store) == 0)
    }

    @Test func `anybody may read from a presigned address, under the name given, until it has expired`() async throws {
        let server = try await SeaweedServer.shared()
        let store = try server.store()
        _ = try await store.put(Self.key, bytes: Array("content".utf8))
        let disposition = "attachment; filename=\"a b.pdf\"; filename*=UTF-8''%C3%A4%20b.pdf"
        let address = try #require(
            try await store.downloadURL(for: Self.key, expires: .seconds(60), contentType: "application/pdf", disposition: disposition))
        let answer = try await SeaweedServer.http.execute(HTTPClientRequest(url: address), timeout: .seconds(10))
        #expect(answer.status == .ok && answer.headers["content-type"] == ["application/pdf"])
        #expect(answer.headers["content-disposition"] == [disposition])
        #expect(try await answer.body.collect(upTo: 100) == ByteBuffer(string: "content"))

        let clock = ManualClock(at: SystemClock().now() - .seconds(120))
        let early = S3BlobStore(
            location: store.client.location, credentials: SeaweedServer.admin, http: SeaweedServer.http, scratch: "/", clock: clock)
        let expired = try #require(
            try await early.downloadURL(for: Self.key, expires: .seconds(60), contentType: "a/b", disposition: "attachment"))
        #expect(try await SeaweedServer.http.execute(HTTPClientRequest(url: expired), timeout: .seconds(10)).status == .forbidden)
        let forged = address.replacing("X-Amz-Expires=60", with: "X-Amz-Expires=600")
        #expect(try await SeaweedServer.http.execute(HTTPClientRequest(url: forged), timeout: .seconds(10)).status == .forbidden)
    }

    @Test func `a local store has no addresses of its own`() async throws {
        let folder = try TemporaryFolder()
        let local = try LocalBlobStore(root: folder.path)
        #expect(try await local.downloadURL(for: Self.key, expires: .seconds(1), contentType: "a/b", disposition: "attachment") == nil)
    }

    @Test func `what an operator has set wrongly is named, in words without secrets`() async throws {
        let server = try await SeaweedServer.shared()
        let cases: [(store: S3BlobStore, words: String)] = [
            (
                try server.store(as: S3Credentials(accessKeyID: SeaweedServer.admin.accessKeyID, secretAccessKey: "wrong")),
                "check AWS_SECRET_ACCESS_KEY"
            ),
            (try server.store(as: S3Credentials(accessKeyID: "nobody", secretAccessKey: "wrong")), "check AWS_ACCESS_KEY_ID"),
            (try server.store(as: SeaweedServer.reader), "check its permissions"),
            (try server.store(bucket: "no-such-bucket", as: SeaweedServer.reader), "s"),
        ]
        for (store, words) in cases {
            let error = await #expect(throws: ColophonError.self) { try await store.check() }
            #expect(error?.code == .unavailable && error?.message.contains(words) == true, "\(String(reflecting: error))")
        }
        let error = await #expect(throws: ColophonError.self) {
            try await server.store(bucket: "no-such-bucket").bytes(of: Self.key, bytesMax: 1)
        }
        #expect(error?.message.contains("bucket for the documents does not exist") == true, "\(String(reflecting: error))")
    }

    @Test func `other bytes under a hash that was kept beside them are noticed without the ledger`() async throws {
        let store = try await SeaweedServer.shared().store()
        let receipt = try await store.put(Self.key, bytes: Array("what was stored".utf8))
        let bytes = ByteBuffer(string: "something else!")
        let request = S3Request(
            method: .PUT, key: store.client.location.prefix + Self.key.rawValue, headers: [("x-amz-meta-sha256", receipt.sha256)],
            body: bytes,
            payload: Hex.encode(bytes.sha256()))
        _ = try await store.client.send(request)
        let error = await #expect(throws: ColophonError.self) { _ = try await store.bytes(of: Self.key, bytesMax: 100) }
        #expect(error?.code == .damaged)
        let second = await #expect(throws: ColophonError.self) { try await store.withDescriptor(Self.key) { _ in } }
        #expect(second?.code == .damaged)
    }

    @Test func `bytes that change on their way in are refused by the store`() async throws {
        let store = try await SeaweedServer.shared().store()
        let (sent, arrived) = (ByteBuffer(string: "sent"), ByteBuffer(string: "seen"))
        let request = S3Request(
            method: .PUT, key: store.client.location.prefix + "a", headers: [("x-amz-checksum-sha256", sent.sha256().base64)],
            body: arrived, payload: Hex.encode(arrived.sha256()))
        let error = await #expect(throws: S3Failure.self) { _ = try await store.client.send(request) }
        #expect(error?.code == "BadDigest")
        #expect(try await OpenBlobs(blobs: store).keys().isEmpty)
    }

    @Test func `a range past the end tells of a blob that is too short, and is not answered with less`() async throws {
        let store = try await SeaweedServer.shared().store()
        _ = try await store.put(Self.key, bytes: Array(repeating: 1, count: 10))
        for range: Range<Int64> in [5..<11, 20..<30] {
            let error = await #expect(throws: ColophonError.self) { _ = try await store.read(Self.key, range: range) }
            #expect(error?.code == .damaged)
        }
    }

    /// Counted where the bytes are, not as the size of the process, which other tests share.
    @Test func `an upload of 200 MB holds three parts in memory at most`() async throws {
        let store = try await SeaweedServer.shared().store()
        let body = GeneratedBody(bytes: 200_000_000, pieceBytes: 1_000_003)
        let receipt = try await store.put(Self.key, bytesMax: .max, body: body)
        #expect(receipt.bytes == 200_000_000)
        #expect(store.gauge.peakBytes <= (S3BlobStore.partsInFlight + 1) * S3BlobStore.partBytes)
        #expect(store.gauge.peakBytes > S3BlobStore.partBytes && store.gauge.heldBytes == 0)
        var read: Int64 = 0
        for try await piece in try await store.read(Self.key, sha256: receipt.sha256) { read += Int64(piece.count) }
        #expect(read == receipt.bytes)
    }

    private final class Counter: Sendable {
        private let count = Mutex(0)
        var value: Int { count.withLock { $0 } }
        func add() { count.withLock { $0 += 1 } }
    }

    @Test func `no more uploads are under way at once than may be, and the others get their turn`() async throws {
        let store = try await SeaweedServer.shared().store()
        let begun = Counter()
        let hanging = (0..<S3BlobStore.uploadsAtOnce + 3).map { index in
            Task {
                try await store.put(
                    BlobKey(rawValue: "w1/sources/\(index)"), bytesMax: .max,
                    body: HangingBody(first: 10) { begun.add() })
            }
        }
        while begun.value < S3BlobStore.uploadsAtOnce { try await Task.sleep(for: .milliseconds(5)) }
        let waiting = Task { try await store.put(Self.key, bytesMax: 9, body: OnePiece(bytes: [1, 2, 3])) }
        try await Task.sleep(for: .milliseconds(200))
        #expect(begun.value == S3BlobStore.uploadsAtOnce)
        // A run's results do not wait for clients.
        #expect(try await store.put(BlobKey(rawValue: "w1/runs/result"), bytes: [1]).bytes == 1)
        for put in hanging { put.cancel() }
        #expect(try await waiting.value.bytes == 3)
    }

    /// The name of a host leads to loopback without asking anybody.
    @Test func `a bucket that is named in the host works like one that is named in the path`() async throws {
        let server = try await SeaweedServer.shared()
        let prefix = UUID().uuidString.lowercased()
        let byPath = try server.store(prefix: prefix)
        try await server.withVirtualHostStore(prefix: prefix) { byHost in
            let receipt = try await byHost.put(Self.key, bytesMax: .max, body: GeneratedBody(bytes: 9 << 20))
            #expect(try await byPath.bytes(of: Self.key, sha256: receipt.sha256, bytesMax: .max).count == 9 << 20)
            #expect(try await OpenBlobs(blobs: byHost).keys() == [Self.key])
            try await byHost.delete(Self.key)
            #expect(try await OpenBlobs(blobs: byPath).keys().isEmpty)
        }
    }

    @Test func `several may read one body at once, each from its beginning`() async throws {
        let store = try await SeaweedServer.shared().store()
        let body = GeneratedBody(bytes: 3_000_000)
        _ = try await store.put(Self.key, bytesMax: .max, body: body)
        let blob = try await store.read(Self.key, range: nil)
        try await withThrowingTaskGroup { group in
            for _ in 0..<3 {
                group.addTask {
                    var offset: Int64 = 0
                    for try await piece in blob {
                        #expect(piece == body.slice(offset..<offset + Int64(piece.count)))
                        offset += Int64(piece.count)
                    }
                    #expect(offset == body.bytes)
                }
            }
            try await group.waitForAll()
        }
    }
}
