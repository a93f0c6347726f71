package import AsyncHTTPClient
package import ColophonCore
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix

/// Blobs as objects of one S3 bucket.
///
/// An object appears when its last byte is there, so a blob is whole or absent. Its hash is kept beside it where it is known
/// before the first byte is sent; a multipart upload's is not, and is checked against the ledger's when it is read.
package struct S3BlobStore: BlobStore {
    /// How much of an upload goes into one request. The store allows parts from 5 MiB, and 10,000 of them: about 78 GiB a blob.
    package static let partBytes = 8 << 20
    /// How many parts of one upload are under way at once, besides the one that is being filled.
    package static let partsInFlight = 2
    /// How many bodies are on their way in at once, which bounds the memory for their parts to 1.5 GiB.
    package static let uploadsAtOnce = 64
    /// How many more may wait for that, and how long: less than a connection on which nothing is read lives.
    static let uploadsWaitingMax = 1000, uploadPatience: Duration = .seconds(20)
    /// What `check` writes; its name is none that a scan gives out.
    static let checkKey = ".colophon-check"

    /// How much of the uploads is in memory.
    package let gauge = BufferGauge()
    let client: S3Client
    private let uploads = Gate(width: uploadsAtOnce, waitingMax: uploadsWaitingMax, patience: uploadPatience)
    private let scratch: String
    private let threads: NIOThreadPool = .singleton

    /// - Parameters:
    ///   - http: Made by `withClient`, or configured as it does.
    ///   - scratch: A folder of a disk with room for the blobs that are being read by children.
    package init(
        location: S3Location, credentials: S3Credentials, http: HTTPClient, scratch: String, clock: any WallClock = SystemClock(),
        patience: S3Patience = S3Patience()
    ) {
        client = S3Client(
            http: http, location: location, signer: SigV4(credentials: credentials, region: location.region), clock: clock,
            patience: patience)
        self.scratch = scratch
    }

    package func put<Body: AsyncSequence & Sendable>(_ key: BlobKey, bytesMax: Int64, body: Body) async throws -> BlobReceipt
    where Body.Element == ArraySlice<UInt8> {
        try await put(key, bytesMax: bytesMax, onlyIfAbsent: false, body: body)
    }

    /// Puts a blob as `put` does, and can leave alone what is there. Nothing of the body is asked for while as many
    /// others are under way as may be.
    ///
    /// The ledger needs no condition, since every upload and every claim has keys of its own; publishing will.
    ///
    /// - Parameter onlyIfAbsent: True to throw `conflict` with reason `BLOB_EXISTS` when there is a blob under the key.
    package func put<Body: AsyncSequence & Sendable>(
        _ key: BlobKey, bytesMax: Int64, onlyIfAbsent: Bool, body: Body
    ) async throws -> BlobReceipt where Body.Element == ArraySlice<UInt8> {
        try await uploads.pass { try await send(body, to: key, bytesMax: bytesMax, onlyIfAbsent: onlyIfAbsent) }
    }

    /// A run's results wait for no client: whoever sends slowly must not hold up the workers.
    package func put(_ key: BlobKey, bytes: [UInt8]) async throws -> BlobReceipt {
        try await send(OnePiece(bytes: bytes), to: key, bytesMax: .max, onlyIfAbsent: false)
    }

    private func send<Body: AsyncSequence & Sendable>(
        _ body: Body, to key: BlobKey, bytesMax: Int64, onlyIfAbsent: Bool
    ) async throws -> BlobReceipt where Body.Element == ArraySlice<UInt8> {
        let upload = S3Upload(
            client: client, key: name(of: key), partBytes: Self.partBytes, partsInFlight: Self.partsInFlight, gauge: gauge,
            onlyIfAbsent: onlyIfAbsent)
        let receipt = BlobReceipt(key: key, bytes: 0, sha256: "", head: [])
        return try await translated { try await upload.run(body, bytesMax: bytesMax, receipt: receipt) }
    }

    package func read(_ key: BlobKey, range: Range<Int64>?) async throws -> BlobBody {
        try await translated {
            if let range, range.isEmpty {
                // HTTP has no empty ranges.
                _ = try await client.send(S3Request(method: .HEAD, key: name(of: key)))
                return BlobBody(bytes: 0) { _ in nil }
            }
            let download = try await S3Download(client: client, key: name(of: key), range: range)
            let bytes = download.range.upperBound - download.range.lowerBound
            return BlobBody(bytes: bytes, sha256: download.sha256) { offset in
                try await translated { try await download.piece(at: offset) }
            }
        }
    }

    package func length(of key: BlobKey) async throws -> Int64 {
        try await translated {
            let request = S3Request(method: .HEAD, key: name(of: key))
            let length = try await client.send(request).headers.first(name: "content-length").flatMap { Int64($0) }
            guard let length, length >= 0 else { throw S3Failure(kind: .badAnswer("a blob without a length"), request: request.label) }
            return length
        }
    }

    package func withDescriptor<Result: Sendable>(_ key: BlobKey, _ body: @Sendable (Int32) async throws -> Result) async throws -> Result {
        let blob = try await read(key, range: nil)
        let file = try await threads.runIfActive { [scratch] in try ScratchFile(in: scratch) }
        defer { withExtendedLifetime(file) {} }
        var offset: Int64 = 0
        for try await piece in blob {
            try await threads.runIfActive { [offset] in try file.write(piece, at: offset) }
            offset += Int64(piece.count)
        }
        return try await body(file.descriptor)
    }

    package func delete(_ key: BlobKey) async throws {
        try await translated {
            do {
                _ = try await client.send(S3Request(method: .DELETE, key: name(of: key)))
            } catch let failure as S3Failure where failure.code == "NoSuchKey" {
                // Some stores say so; an absent blob is what was wanted.
            }
        }
    }

    package func scan(writtenBefore moment: Timestamp, batch: Int, _ body: @Sendable ([BlobKey]) async throws -> Void) async throws {
        let listing = S3Listing(client: client)
        try await translated {
            try await listing.abortUploads(before: moment)
            try await listing.blobs(before: moment, pageKeys: batch, body)
        }
    }

    package func list(writtenBefore moment: Timestamp, batch: Int, _ body: @Sendable ([BlobKey]) async throws -> Void) async throws {
        let listing = S3Listing(client: client)
        try await translated { try await listing.blobs(before: moment, pageKeys: batch, body) }
    }

    package func check() async throws {
        // Not empty: a store without room may still take names.
        let bytes = ByteBuffer(string: "colophon")
        var request = S3Request(method: .PUT, key: client.location.prefix + Self.checkKey, body: bytes)
        request.payload = Hex.encode(bytes.sha256())
        try await translated { [request] in _ = try await client.send(request, patience: .brief) }
    }

    package func downloadURL(for key: BlobKey, expires: Duration, contentType: String, disposition: String) async throws -> String? {
        let seconds = expires.components.seconds
        precondition((1...604_800).contains(seconds), "a download's address lasts from a second to seven days")
        let location = client.location
        let path = location.path(to: name(of: key))
        let query = client.signer.presignedQuery(
            method: "GET", host: location.host, path: path,
            query: [("response-content-type", contentType), ("response-content-disposition", disposition)], expiresSeconds: seconds,
            at: client.clock.now())
        return "\(location.endpoint.scheme)://\(location.host)\(URIEncoding.encode(path, keepsSlash: true))?\(query)"
    }

    private func name(of key: BlobKey) -> String { client.location.prefix + key.rawValue }

    /// What the store said, in Colophon's words; all else passes as it is.
    private func translated<Result>(_ body: () async throws -> Result) async throws -> Result {
        do { return try await body() } catch let failure as S3Failure { throw failure.colophonError }
    }
}
