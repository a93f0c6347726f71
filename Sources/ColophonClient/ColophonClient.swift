import AsyncHTTPClient
import ColophonAPI
import FoundationEssentials
import NIOCore
import NIOHTTP1
import NIOSSL

/// Talks to a Colophon server on behalf of one workspace.
///
/// Every method throws `ClientError`. A client is a value without connections of its own; copies are free.
public struct ColophonClient: Sendable {
    /// The largest JSON answer that is read, in bytes.
    static let answerBytesMax = 64 << 20

    let server: String
    let key: String
    let ownWorkspace = OwnWorkspace()
    private let trustedCA: String?
    /// How long a request may take until its answer begins; bodies may take longer.
    public var timeout: Duration

    /// - Parameters:
    ///   - server: Such as `http://127.0.0.1:8642`.
    ///   - key: A key of the workspace.
    ///   - trustedCA: A file with the certificates, in PEM, that the server's must come from; nil trusts those that the system does.
    public init(server: String, key: String, trustedCA: String? = nil, timeout: Duration = .seconds(30)) {
        self.server = server.hasSuffix("/") ? String(server.dropLast()) : server
        self.key = key
        self.trustedCA = trustedCA
        self.timeout = timeout
    }

    func get<Answer: Decodable>(_ path: String, as type: Answer.Type = Answer.self) async throws(ClientError) -> Answer {
        try await decode(send(request(.GET, path)))
    }

    func post<Answer: Decodable>(_ path: String, as type: Answer.Type = Answer.self) async throws(ClientError) -> Answer {
        try await decode(send(request(.POST, path)))
    }

    func request(_ method: HTTPMethod, _ path: String) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: server + path)
        request.method = method
        request.headers = ["authorization": "Bearer \(key)"]
        if let trustedCA {
            var configuration = TLSConfiguration.makeClientConfiguration()
            configuration.trustRoots = .file(trustedCA)
            request.tlsConfiguration = configuration
        }
        return request
    }

    /// - Throws: `refused` with the server's own error body when the answer is no success.
    func send(_ request: HTTPClientRequest, timeout: Duration? = nil) async throws(ClientError) -> HTTPClientResponse {
        do throws(RequestFailure) { return try await attempt(request, timeout: timeout) } catch { throw error.error }
    }

    /// The same as `send`, for who may try again.
    func attempt(
        _ request: HTTPClientRequest, timeout: Duration? = nil, over http: HTTPClient = Transport.requests
    ) async throws(RequestFailure) -> HTTPClientResponse {
        let response: HTTPClientResponse
        do {
            let limit = TimeAmount(timeout ?? self.timeout)
            response = try await http.execute(request, deadline: .now() + limit)
        } catch {
            throw RequestFailure(.unreachable(server: server, cause: error))
        }
        guard (200..<300).contains(response.status.code) else {
            throw RequestFailure(await refusal(response), headers: response.headers)
        }
        return response
    }

    func decode<Answer: Decodable>(_ response: HTTPClientResponse) async throws(ClientError) -> Answer {
        do {
            let body = try await response.body.collect(upTo: Self.answerBytesMax)
            return try JSONDecoder().decode(Answer.self, from: Data(body.readableBytesView))
        } catch {
            throw ClientError.badAnswer(cause: error)
        }
    }

    /// Gives an answer's body away, piece by piece.
    func download(_ path: String, piece: (borrowing [UInt8]) throws -> Void) async throws(ClientError) {
        let response = try await send(request(.GET, path), timeout: .seconds(3600))
        do {
            for try await buffer in response.body { try piece(Array(buffer.readableBytesView)) }
        } catch {
            throw .badAnswer(cause: error)
        }
    }

    private func refusal(_ response: HTTPClientResponse) async -> ClientError {
        let body = try? await response.body.collect(upTo: 1 << 20)
        if let body, let problem = try? JSONDecoder().decode(Problem.self, from: Data(body.readableBytesView)) { return .refused(problem) }
        return .refused(
            Problem(
                type: "http_error", title: response.status.reasonPhrase, status: Int(response.status.code),
                detail: "The server answered \(response.status.code).", instance: "", requestId: "", code: "HTTP_ERROR"))
    }
}
