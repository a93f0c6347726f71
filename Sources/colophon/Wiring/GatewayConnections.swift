import ColophonExtraction
import ServiceLifecycle

/// Ends a gateway's connections when all who ask it have ended.
struct GatewayConnections: Service {
    let client: GatewayClient

    func run() async throws {
        try? await gracefulShutdown()
        try await client.close()
    }
}
