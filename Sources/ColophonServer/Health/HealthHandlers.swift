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

    /// Uploads can be stored right now.
    func ready(_ request: Request, _ context: ServerContext) async throws -> Response {
        try await library.checkReadiness()
        return try .json(Health(status: "ok", version: version))
    }
}
