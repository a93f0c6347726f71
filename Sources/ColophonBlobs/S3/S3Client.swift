import AsyncHTTPClient
import ColophonCore
import FoundationEssentials
import NIOCore
import NIOHTTP1

/// Sends signed requests to one bucket, again when it is worth it.
///
/// Every method throws `S3Failure`, or `CancellationError` when the task is cancelled.
struct S3Client: Sendable {
    /// The largest answer that is read as a whole: a page of 1,000 keys of the greatest length is half of it.
    static let answerBytesMax = 4 << 20
    /// As much of an error's answer as is read.
    static let errorBytesMax = 64 << 10

    let http: HTTPClient
    let location: S3Location
    let signer: SigV4
    let clock: any WallClock
    var patience: S3Patience

    /// Sends a request and reads its whole answer.
    func send(_ request: S3Request, patience: S3Patience? = nil) async throws -> (headers: HTTPHeaders, body: ByteBuffer) {
        let patience = patience ?? self.patience
        guard let whole = patience.wholeTimeout else { return try await sendPatiently(request, patience) }
        return try await within(whole, request) { try await sendPatiently(request, patience) }
    }

    private func sendPatiently(_ request: S3Request, _ patience: S3Patience) async throws -> (headers: HTTPHeaders, body: ByteBuffer) {
        try await retrying(request, patience: patience) { try await attempt(request, $0) }
    }

    /// Sends a request and reads its answer as XML.
    ///
    /// - Parameter root: The element that the answer must be.
    func sendForXML(_ request: S3Request, root: String) async throws -> XMLTree {
        try await retrying(request, patience: patience) { patience in
            let (headers, body) = try await attempt(request, patience)
            do {
                let tree = try XMLTree(body.readableBytesView)
                if tree.name == root { return tree }
                // Completing an upload may fail after the 200 has been sent: then the body is an error.
                guard tree.name == "Error" else { throw XMLTree.Malformed(what: "\(root) is expected, not \(tree.name)", offset: 0) }
                throw Self.failure(of: request, status: 200, headers: headers, error: tree)
            } catch let malformed as XMLTree.Malformed {
                throw S3Failure(kind: .badAnswer("\(malformed)"), request: request.label)
            }
        }
    }

    /// Sends a request; its answer's body is still to be read.
    func open(_ request: S3Request) async throws -> HTTPClientResponse {
        try await retrying(request, patience: patience) { patience in
            let time = patience.timeout(of: request)
            return try await within(time, request) { try await answer(to: request, in: time) }
        }
    }

    private func retrying<Result>(
        _ request: S3Request, patience: S3Patience, _ attempt: (S3Patience) async throws -> Result
    ) async throws -> Result {
        var generator = SystemRandomNumberGenerator()
        var failures = 0
        while true {
            let failure: S3Failure
            do {
                return try await attempt(patience)
            } catch {
                // However the client says it: a cancelled task has not failed.
                try Task.checkCancellation()
                failure = Self.failure(of: request, error)
            }
            failures += 1
            let wanted = failure.retryAfterSeconds.map { Duration.seconds($0) }
            guard failure.isPassing, let delay = patience.delay(after: failures, wanted: wanted, using: &generator) else { throw failure }
            try await Task.sleep(for: delay)
        }
    }

    /// Once, to the last byte of the answer.
    private func attempt(_ request: S3Request, _ patience: S3Patience) async throws -> (headers: HTTPHeaders, body: ByteBuffer) {
        let time = patience.timeout(of: request)
        return try await within(time, request) {
            let response = try await answer(to: request, in: time)
            return (response.headers, try await response.body.collect(upTo: Self.answerBytesMax))
        }
    }

    /// Redirects are not followed: a store that sends its clients elsewhere is configured wrongly, or is not ours.
    private func answer(to request: S3Request, in time: Duration) async throws -> HTTPClientResponse {
        let response = try await http.execute(signed(request), deadline: .now() + .milliseconds(time.wholeMilliseconds))
        guard (200..<300).contains(response.status.code) else {
            throw Self.failure(
                of: request, status: Int(response.status.code), headers: response.headers, error: try await Self.error(in: response.body))
        }
        return response
    }

    /// What the store says about a failure; nil where it says too much, as a proxy with a page of its own does, or nothing that is known.
    private static func error(in body: HTTPClientResponse.Body) async throws -> XMLTree? {
        do {
            let bytes = try await body.collect(upTo: errorBytesMax)
            return try? XMLTree(bytes.readableBytesView)
        } catch is NIOTooManyBytesError {
            return nil
        }
    }

    /// Ends what takes longer: the deadline of the HTTP client holds only until an answer begins.
    private func within<Result: Sendable>(
        _ time: Duration, _ request: S3Request, _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Result.self) { group in
            defer { group.cancelAll() }
            group.addTask { try await body() }
            group.addTask {
                try await Task.sleep(for: time)
                throw S3Failure(kind: .noAnswer(TimedOut(time: time)), request: request.label)
            }
            guard let result = try await group.next() else { throw CancellationError() }
            return result
        }
    }

    private struct TimedOut: Error { let time: Duration }

    /// Signed anew for each attempt: a signature holds for a quarter of an hour only.
    private func signed(_ request: S3Request) -> HTTPClientRequest {
        let now = clock.now()
        let path = location.path(to: request.key)
        var headers = request.headers
        headers += [("host", location.host), ("x-amz-content-sha256", request.payload), ("x-amz-date", SigV4.date(now))]
        if let token = signer.credentials.sessionToken { headers.append(("x-amz-security-token", token)) }
        let authorization = signer.authorization(
            method: request.method.rawValue, path: path, query: request.query, headers: headers, payload: request.payload, at: now)
        let query = request.query.isEmpty ? "" : "?" + URIEncoding.query(request.query)
        var message = HTTPClientRequest(
            url: "\(location.endpoint.scheme)://\(location.host)\(URIEncoding.encode(path, keepsSlash: true))\(query)")
        message.method = request.method
        message.headers = HTTPHeaders(headers.map { ($0.name, $0.value) })
        message.headers.add(name: "authorization", value: authorization)
        message.body = request.body.map { .bytes($0) }
        return message
    }

    private static func failure(of request: S3Request, _ error: any Error) -> S3Failure {
        switch error {
        case let failure as S3Failure: failure
        case is NIOTooManyBytesError: S3Failure(kind: .badAnswer("it is too large"), request: request.label)
        default: S3Failure(kind: .noAnswer(error), request: request.label)
        }
    }

    private static func failure(of request: S3Request, status: Int, headers: HTTPHeaders, error: XMLTree?) -> S3Failure {
        S3Failure(
            kind: .refused(status: status, code: error?["Code"]?.text ?? ""), request: request.label,
            message: error?["Message"]?.text ?? "",
            requestID: headers.first(name: "x-amz-request-id") ?? "",
            retryAfterSeconds: headers.first(name: "retry-after").flatMap { Int($0) }.flatMap { $0 >= 0 ? $0 : nil })
    }
}
