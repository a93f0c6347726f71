import AsyncHTTPClient
public import ColophonAPI
import FoundationEssentials
import NIOCore
import NIOHTTP1

/// One workspace of a server: its documents, its runs, and what changes in them. A value; copies are free.
public struct Workspace: Sendable {
    let client: ColophonClient
    private let name: String?

    init(client: ColophonClient, name: String?) {
        self.client = client
        self.name = name
    }

    /// The workspace's id. Where none was given it is the key's own, which the server is asked for once.
    public func id() async throws(ClientError) -> String {
        do throws(RequestFailure) { return try await knownID() } catch { throw error.error }
    }

    private func knownID() async throws(RequestFailure) -> String {
        if let name = name ?? client.ownWorkspace.id { return name }
        let session: SessionOut = try await decode(client.attempt(client.request(.GET, "/api/v1/session")))
        client.ownWorkspace.id = session.personalWorkspaceId
        return session.personalWorkspaceId
    }

    /// Where the workspace's resources lie.
    func path(_ rest: String) async throws(RequestFailure) -> String {
        "/api/v1/workspaces/\(PercentEncoding.encode(try await knownID()))" + rest
    }

    func attempt<Answer: Decodable>(_ method: HTTPMethod, _ rest: String) async throws(RequestFailure) -> Answer {
        try await decode(client.attempt(client.request(method, try await path(rest))))
    }

    func attempt<Answer: Decodable>(
        _ method: HTTPMethod, _ rest: String, body: some Encodable
    ) async throws(RequestFailure) -> Answer {
        var request = client.request(method, try await path(rest))
        request.headers.add(name: "content-type", value: "application/json")
        do {
            request.body = .bytes(ByteBuffer(bytes: try JSONEncoder().encode(body)))
        } catch {
            throw RequestFailure(.badAnswer(cause: error))
        }
        return try await decode(client.attempt(request))
    }

    func get<Answer: Decodable>(_ rest: String) async throws(ClientError) -> Answer {
        do throws(RequestFailure) { return try await attempt(.GET, rest) } catch { throw error.error }
    }

    func send<Answer: Decodable>(_ method: HTTPMethod, _ rest: String) async throws(ClientError) -> Answer {
        do throws(RequestFailure) { return try await attempt(method, rest) } catch { throw error.error }
    }

    func send<Answer: Decodable>(_ method: HTTPMethod, _ rest: String, body: some Encodable) async throws(ClientError) -> Answer {
        do throws(RequestFailure) { return try await attempt(method, rest, body: body) } catch { throw error.error }
    }

    func download(_ rest: String, piece: (borrowing [UInt8]) throws -> Void) async throws(ClientError) {
        try await client.download(try await location(rest), piece: piece)
    }

    /// The same as `path`, where nobody tries again.
    func location(_ rest: String) async throws(ClientError) -> String {
        do throws(RequestFailure) { return try await path(rest) } catch { throw error.error }
    }

    private func decode<Answer: Decodable>(_ response: HTTPClientResponse) async throws(RequestFailure) -> Answer {
        do throws(ClientError) { return try await client.decode(response) } catch { throw RequestFailure(error) }
    }
}

extension ColophonClient {
    /// A workspace, without asking the server for anything yet.
    ///
    /// - Parameter id: Nil takes the key's own.
    public func workspace(_ id: String? = nil) -> Workspace { Workspace(client: self, name: id) }

    /// Who the server takes this client for, and what it may do.
    public func session() async throws(ClientError) -> SessionOut { try await get("/api/v1/session") }
}
