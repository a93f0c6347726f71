import ColophonAPI
import ColophonCore
import Hummingbird

struct HealthHandlers: Sendable {
    let library: Library
    let version: String

    /// The process answers; nothing else is asked.
    func live(_ request: Request, _ context: ServerContext) async throws -> Response {
        try .json(Health(status: "ok", version: version))
    }

    func info(_ request: Request, _ context: ServerContext) async throws -> Response { try .json(ServerInfo(version: version)) }

    /// Uploads can be stored right now.
    func ready(_ request: Request, _ context: ServerContext) async throws -> Response {
        do {
            try await library.checkReadiness()
        } catch let error as ColophonError {
            throw ColophonError(
                .unavailable, error.message, retryAfterSeconds: error.retryAfterSeconds, cause: error.cause ?? error)
        }
        return try .json(Health(status: "ok", version: version, warnings: library.warnings))
    }
}
