import AsyncHTTPClient
import ColophonCore
import FoundationEssentials
import NIOCore
import NIOHTTP1

/// A blob on its way out: one request that is read as pieces are asked for, and begun anew from where it broke off.
actor S3Download {
    /// The largest piece that is handed out.
    static let pieceBytes = 256 << 10

    private let client: S3Client
    private let key: String
    /// The bytes of the blob that are wanted.
    nonisolated let range: Range<Int64>
    /// SHA-256 of the whole blob, where the store keeps it.
    nonisolated let sha256: String?
    /// Names these very bytes: after a break no others may follow.
    private let etag: String?
    private var open: Stream?

    private struct Stream {
        var position: Int64
        var chunks: HTTPClientResponse.Body.AsyncIterator
        var rest = ByteBuffer()
    }

    /// Asks for a blob and waits until its bytes begin to come.
    ///
    /// - Parameter range: Nil for all of it.
    init(client: S3Client, key: String, range: Range<Int64>?) async throws {
        self.client = client
        self.key = key
        let response = try await client.open(Self.request(key, range: range, etag: nil))
        etag = response.headers.first(name: "etag")
        sha256 = range == nil ? response.headers.first(name: "x-amz-meta-sha256") : nil
        guard let length = response.headers.first(name: "content-length").flatMap({ Int64($0) }), length >= 0 else {
            throw S3Failure(kind: .badAnswer("a blob without a length"), request: "GET \(key)")
        }
        self.range = range ?? 0..<length
        if let range { try Self.checkPart(response, range, key: key) }
        open = Stream(position: self.range.lowerBound, chunks: response.body.makeAsyncIterator())
    }

    /// The piece that begins so many bytes after the first wanted one; as large as a piece may be, or up to the end.
    ///
    /// - Throws: `S3Failure` when the store breaks off again and again without a byte in between.
    func piece(at offset: Int64) async throws -> [UInt8] {
        let start = range.lowerBound + offset
        let count = Int(min(Int64(Self.pieceBytes), range.upperBound - start))
        var generator = SystemRandomNumberGenerator()
        var failures = 0
        while true {
            do {
                var stream = try await stream(at: start)
                let piece = try await read(count, from: &stream)
                open = stream
                return piece
            } catch {
                try Task.checkCancellation()
                // Opening it anew has been tried often enough, and damage does not heal.
                if error is S3Failure || error is ColophonError { throw error }
                failures += 1
                guard let delay = client.patience.delay(after: failures, wanted: nil, using: &generator) else {
                    throw S3Failure(kind: .noAnswer(error), request: "GET \(key)")
                }
                try await Task.sleep(for: delay)
            }
        }
    }

    private func stream(at start: Int64) async throws -> Stream {
        let stream = open
        open = nil
        if let stream, stream.position == start { return stream }
        let rest = start..<range.upperBound
        do {
            let response = try await client.open(Self.request(key, range: rest, etag: etag))
            try Self.checkPart(response, rest, key: key)
            return Stream(position: start, chunks: response.body.makeAsyncIterator())
        } catch let failure as S3Failure where failure.code == "PreconditionFailed" {
            // Somebody has put other bytes there in the meantime.
            throw ColophonError.damagedBlob(cause: failure)
        }
    }

    private func read(_ count: Int, from stream: inout Stream) async throws -> [UInt8] {
        var piece: [UInt8] = []
        piece.reserveCapacity(count)
        while piece.count < count {
            if stream.rest.readableBytes == 0 {
                guard let chunk = try await stream.chunks.next(isolation: self) else { throw BrokeOff() }
                stream.rest = chunk
            }
            piece += stream.rest.readSlice(length: min(count - piece.count, stream.rest.readableBytes))?.readableBytesView ?? .init()
        }
        stream.position += Int64(count)
        return piece
    }

    private struct BrokeOff: Error {}

    private static func request(_ key: String, range: Range<Int64>?, etag: String?) -> S3Request {
        var request = S3Request(method: .GET, key: key)
        if let range { request.headers.append(("range", "bytes=\(range.lowerBound)-\(range.upperBound - 1)")) }
        if let etag { request.headers.append(("if-match", etag)) }
        return request
    }

    /// A store that answers with other bytes than those asked for must not be believed.
    ///
    /// - Throws: `damaged` when the blob ends before the range does, which its reader knows from the ledger.
    private static func checkPart(_ response: HTTPClientResponse, _ range: Range<Int64>, key: String) throws {
        let given = response.headers.first(name: "content-range") ?? ""
        let failure = S3Failure(kind: .badAnswer("\(given) where \(range) was asked for"), request: "GET \(key)")
        guard response.status == .partialContent else { throw failure }
        if given.hasPrefix("bytes \(range.lowerBound)-\(range.upperBound - 1)/") { return }
        if let whole = given.split(separator: "/").last.flatMap({ Int64($0) }), whole < range.upperBound {
            throw ColophonError.damagedBlob(cause: failure)
        }
        throw failure
    }
}
