import AsyncHTTPClient
import ColophonAPI
import FoundationEssentials
import NIOCore
import NIOHTTP1

/// Talks to a Colophon server on behalf of one workspace.
///
/// Every method throws `ClientError`. A client is a value without connections of its own; copies are free.
public struct ColophonClient: Sendable {
    /// The largest JSON answer that is read, in bytes.
    static let answerBytesMax = 64 << 20

    /// Shared by all clients of the process, and as long-lived as it. Refused connections are not tried again: the caller is told.
    private static let http: HTTPClient = {
        var configuration = HTTPClient.Configuration.singletonConfiguration
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.timeout.connect = .seconds(10)
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()

    let server: String
    let key: String
    /// How long a request may take until its answer begins; bodies may take longer.
    public var timeout: Duration

    /// - Parameters:
    ///   - server: Such as `http://127.0.0.1:8642`.
    ///   - key: A key of the workspace.
    public init(server: String, key: String, timeout: Duration = .seconds(30)) {
        self.server = server.hasSuffix("/") ? String(server.dropLast()) : server
        self.key = key
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
        return request
    }

    /// - Throws: `refused` with the server's own error body when the answer is no success.
    func send(_ request: HTTPClientRequest, timeout: Duration? = nil) async throws(ClientError) -> HTTPClientResponse {
        let response: HTTPClientResponse
        do {
            let seconds = (timeout ?? self.timeout).components.seconds
            response = try await Self.http.execute(request, deadline: .now() + .seconds(seconds))
        } catch {
            throw ClientError.unreachable(server: server, cause: error)
        }
        guard (200..<300).contains(response.status.code) else { throw await refusal(response) }
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

    private func refusal(_ response: HTTPClientResponse) async -> ClientError {
        let body = try? await response.body.collect(upTo: 1 << 20)
        if let body, let problem = try? JSONDecoder().decode(Problem.self, from: Data(body.readableBytesView)) { return .refused(problem) }
        return .refused(
            Problem(
                type: "http_error", title: response.status.reasonPhrase, status: Int(response.status.code),
                detail: "The server answered \(response.status.code).", instance: "", requestId: "", code: "HTTP_ERROR"))
    }
}
