import ColophonCore
import Crypto
import NIOCore
import NIOHTTP1

/// One blob on its way in: a single request when it fits into one part, a multipart upload otherwise.
///
/// Every request carries the hash of its bytes and the store checks it, so what arrives is what was sent. At most
/// `partsInFlight` parts are being sent while one more is being filled; a body is read no faster than that.
struct S3Upload {
    /// The store takes so many, numbered from 1.
    static let partsMax = 10_000

    let client: S3Client
    let key: String
    let partBytes: Int
    let partsInFlight: Int
    let gauge: BufferGauge
    /// Fails with code `PreconditionFailed` when there is a blob under the key already.
    let onlyIfAbsent: Bool
    /// Marks what this upload wrote, so that an answer that got lost can be made up for.
    let mark = UUIDv7.make()

    func run<Body: AsyncSequence & Sendable>(_ body: Body, bytesMax: Int64, receipt: BlobReceipt) async throws -> BlobReceipt
    where Body.Element == ArraySlice<UInt8> {
        var uploadID: String?
        do {
            return try await withThrowingTaskGroup(of: S3StoredPart.self) { group in
                var receipt = receipt
                var hash = SHA256()
                var filling = S3Part(number: 1, gauge: gauge)
                var stored: [S3StoredPart] = []
                for try await piece in body {
                    receipt.bytes += Int64(piece.count)
                    guard receipt.bytes <= bytesMax else { throw ColophonError.uploadTooLarge(bytesMax) }
                    receipt.head += piece.prefix(ContentType.headBytes - receipt.head.count)
                    piece.withUnsafeBytes { hash.update(bufferPointer: $0) }
                    var rest = piece
                    while !rest.isEmpty {
                        if filling.count == partBytes {
                            let id = try await beginUnlessBegun(&uploadID)
                            if filling.number - stored.count > partsInFlight, let part = try await group.next() { stored.append(part) }
                            group.addTask { [filling] in try await send(filling, to: id) }
                            filling = S3Part(number: filling.number + 1, gauge: gauge)
                        }
                        let fitting = rest.prefix(partBytes - filling.count)
                        filling.append(fitting)
                        rest = rest.dropFirst(fitting.count)
                    }
                }
                let digest = hash.finalize()
                receipt.sha256 = Hex.encode(digest)
                if let id = uploadID {
                    stored.append(try await send(filling, to: id))
                    for try await part in group { stored.append(part) }
                    try await complete(id, stored)
                } else {
                    try await put(filling.buffer, hash: digest)
                }
                return receipt
            }
        } catch {
            if let uploadID { await abort(uploadID) }
            throw error
        }
    }

    private func beginUnlessBegun(_ uploadID: inout String?) async throws -> String {
        if let uploadID { return uploadID }
        let answer = try await client.sendForXML(
            S3Request(
                method: .POST, key: key, query: [("uploads", "")],
                headers: [("content-type", Self.contentType), ("x-amz-checksum-algorithm", "SHA256"), ("x-amz-meta-upload", mark)]),
            root: "InitiateMultipartUploadResult")
        guard let id = answer["UploadId"]?.text, !id.isEmpty else {
            throw S3Failure(kind: .badAnswer("an upload without an id"), request: "POST \(key)")
        }
        uploadID = id
        return id
    }

    private func put(_ bytes: ByteBuffer, hash: SHA256.Digest) async throws {
        var request = S3Request(method: .PUT, key: key, body: bytes, payload: Hex.encode(hash))
        request.headers = [
            ("content-type", Self.contentType), ("x-amz-checksum-sha256", hash.base64), ("x-amz-meta-sha256", request.payload),
            ("x-amz-meta-upload", mark),
        ]
        if onlyIfAbsent { request.headers.append(("if-none-match", "*")) }
        do {
            _ = try await client.send(request)
        } catch let failure as S3Failure where failure.code == "PreconditionFailed" {
            guard try await isOurs() else { throw failure }
        }
    }

    private func send(_ part: S3Part, to id: String) async throws -> S3StoredPart {
        guard part.number <= Self.partsMax else { throw ColophonError.uploadTooLarge(Int64(Self.partsMax) * Int64(partBytes)) }
        let hash = part.buffer.sha256()
        let checksum = hash.base64
        let request = S3Request(
            method: .PUT, key: key, query: [("partNumber", "\(part.number)"), ("uploadId", id)],
            headers: [("x-amz-checksum-sha256", checksum)], body: part.buffer, payload: Hex.encode(hash))
        guard let etag = try await client.send(request).headers.first(name: "etag") else {
            throw S3Failure(kind: .badAnswer("a part without an ETag"), request: request.label)
        }
        return S3StoredPart(number: part.number, etag: etag, checksum: checksum)
    }

    private func complete(_ id: String, _ parts: [S3StoredPart]) async throws {
        let list = parts.sorted { $0.number < $1.number }.map { part in
            let etag = part.etag.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
            return "<Part><PartNumber>\(part.number)</PartNumber><ETag>\(etag)</ETag>"
                + "<ChecksumSHA256>\(part.checksum)</ChecksumSHA256></Part>"
        }
        let body = ByteBuffer(
            string: "<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">\(list.joined())</CompleteMultipartUpload>")
        var request = S3Request(method: .POST, key: key, query: [("uploadId", id)], body: body, payload: Hex.encode(body.sha256()))
        request.headers = [("content-type", "application/xml")]
        // "Could take several minutes", says Amazon; meanwhile it sends a space now and then.
        request.workTime = .seconds(300)
        if onlyIfAbsent { request.headers.append(("if-none-match", "*")) }
        do {
            _ = try await client.sendForXML(request, root: "CompleteMultipartUploadResult")
        } catch let failure as S3Failure where ["NoSuchUpload", "PreconditionFailed"].contains(failure.code) {
            guard try await isOurs() else { throw failure }
        }
    }

    /// Whether the blob under the key is this upload's: an earlier attempt may have worked though its answer never came.
    private func isOurs() async throws -> Bool {
        do {
            return try await client.send(S3Request(method: .HEAD, key: key)).headers.first(name: "x-amz-meta-upload") == mark
        } catch let failure as S3Failure where failure.status == 404 {
            return false
        }
    }

    /// Frees what the parts take. A task of its own, because a cancelled one sends nothing; what it cannot do now, a scan does.
    private func abort(_ id: String) async {
        let request = S3Request(method: .DELETE, key: key, query: [("uploadId", id)])
        _ = await Task { try? await client.send(request, patience: .brief) }.value
    }

    private static let contentType = "application/octet-stream"
}
