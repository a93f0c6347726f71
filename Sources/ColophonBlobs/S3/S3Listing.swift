import ColophonCore
import Foundation
import NIOHTTP1

/// Walks over what lies in a bucket below the location's prefix.
struct S3Listing {
    /// The store gives no more at once.
    static let pageMax = 1000
    /// More pages than this are no bucket of ours but a store that goes round in circles.
    static let pagesMax = 1_000_000

    let client: S3Client
    private var prefix: String { client.location.prefix }

    /// Calls `body` with the keys last written before a moment, page by page.
    ///
    /// - Parameter pageKeys: The most keys of a page.
    func blobs(before moment: Timestamp, pageKeys: Int, _ body: ([BlobKey]) async throws -> Void) async throws {
        var token: String?
        for _ in 0..<Self.pagesMax {
            var request = S3Request(method: .GET, key: "")
            request.query = [
                ("list-type", "2"), ("encoding-type", "url"), ("max-keys", "\(min(pageKeys, Self.pageMax))"), ("prefix", prefix),
            ]
            if let token { request.query.append(("continuation-token", token)) }
            let page = try await client.sendForXML(request, root: "ListBucketResult")
            let keys = try page.all("Contents").compactMap { try key(of: $0, time: "LastModified", before: moment) }
            if !keys.isEmpty { try await body(keys) }
            guard page["IsTruncated"]?.text == "true" else { return }
            guard let next = page["NextContinuationToken"]?.text, !next.isEmpty, next != token else {
                throw bad("a list that does not go on")
            }
            token = next
        }
        throw bad("a list without an end")
    }

    /// Ends the multipart uploads that were begun before a moment: nobody is at work on them any more.
    func abortUploads(before moment: Timestamp) async throws {
        var marker: (key: String, upload: String)?
        for _ in 0..<Self.pagesMax {
            var request = S3Request(method: .GET, key: "")
            request.query = [("uploads", ""), ("encoding-type", "url"), ("max-uploads", "\(Self.pageMax)"), ("prefix", prefix)]
            if let marker { request.query += [("key-marker", marker.key), ("upload-id-marker", marker.upload)] }
            let page = try await client.sendForXML(request, root: "ListMultipartUploadsResult")
            for upload in page.all("Upload") {
                guard let key = try key(of: upload, time: "Initiated", before: moment), let id = upload["UploadId"]?.text else { continue }
                do {
                    _ = try await client.send(S3Request(method: .DELETE, key: prefix + key.rawValue, query: [("uploadId", id)]))
                } catch let failure as S3Failure where failure.code == "NoSuchUpload" {
                    // Another scan was quicker.
                }
            }
            guard page["IsTruncated"]?.text == "true" else { return }
            guard let key = page["NextKeyMarker"]?.text, let upload = page["NextUploadIdMarker"]?.text,
                let decoded = Self.decode(key), marker.map({ $0 != (decoded, upload) }) ?? true
            else { throw bad("a list that does not go on") }
            marker = (decoded, upload)
        }
        throw bad("a list without an end")
    }

    /// The blob key of an entry; nil when it is too young or none of ours.
    private func key(of entry: XMLTree, time: String, before moment: Timestamp) throws -> BlobKey? {
        guard let text = entry[time]?.text, let written = Self.timestamp(text) else { throw bad("an entry without a time") }
        guard written < moment, let whole = entry["Key"].flatMap({ Self.decode($0.text) }), whole.hasPrefix(prefix) else { return nil }
        let name = whole.dropFirst(prefix.count)
        return name.hasPrefix(".") ? nil : BlobKey(listed: String(name))
    }

    /// Undoes `encoding-type=url`, in which stores write a space as `+`.
    private static func decode(_ text: String) -> String? { text.replacing("+", with: "%20").removingPercentEncoding }

    /// RFC 3339 in UTC, with or without fractions of a second.
    static func timestamp(_ text: String) -> Timestamp? {
        let style = Date.ISO8601FormatStyle()
        let date = (try? style.parse(text)) ?? (try? Date.ISO8601FormatStyle(includingFractionalSeconds: true).parse(text))
        return date.map { Timestamp(milliseconds: Int64(($0.timeIntervalSince1970 * 1000).rounded(.down))) }
    }

    private func bad(_ what: String) -> S3Failure { S3Failure(kind: .badAnswer(what), request: "GET the bucket") }
}
