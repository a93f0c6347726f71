import ColophonCore
import HTTPTypes
import Hummingbird

/// The bytes of a version, whole or in part, as an attachment under the name that their sender gave them.
enum VersionAnswer {
    static func response(
        for version: DocumentVersion, to request: Request, _ context: ServerContext, library: Library
    ) async throws -> Response {
        // Without a validator of our own an If-Range can never match, and then the whole body is the answer.
        let range = ByteRange(request.headers[.ifRange] == nil ? request.headers[.range] : nil, length: version.bytes)
        var answer = BlobAnswer(
            body: BlobBody(bytes: 0) { _ in nil }, type: version.contentType, fileName: version.originalName,
            headers: [.acceptRanges: "bytes"], idleTimeout: library.limits.idleTimeout)
        switch range {
        case .whole:
            answer.body = try await library.source(of: version, range: nil)
        case .part(let range):
            answer.body = try await library.source(of: version, range: range)
            answer.status = .partialContent
            answer.headers[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(version.bytes)"
        case .unsatisfiable:
            throw AnswerError(
                error: ColophonError(.rangeNotSatisfiable, "The range lies outside the \(version.bytes) bytes of this document."),
                headers: [.contentRange: "bytes */\(version.bytes)"])
        }
        return answer.response(on: context.channel)
    }
}
