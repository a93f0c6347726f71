package import ColophonCore
package import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore

/// The listening server around a router; the program and the tests call the same.
package enum ServerBuild {
    /// - Parameters:
    ///   - port: 0 takes a free one.
    ///   - onReady: Called with the port, once it listens.
    package static func application(
        router: Router<ServerContext>, limits: Limits, host: String, port: Int, logger: Logger,
        onReady: @escaping @Sendable (Int) async -> Void
    ) -> some ApplicationProtocol {
        let idle = TimeAmount.milliseconds(limits.idleTimeout.wholeMilliseconds)
        return Application(
            router: router,
            server: .http1(configuration: .init(idleTimeout: idle)),
            configuration: ApplicationConfiguration(
                address: .hostname(host, port: port), serverName: "colophon",
                availableConnectionsDelegate: MaximumAvailableConnections(limits.connectionsMax, logger: logger)),
            onServerRunning: { channel in await onReady(channel.localAddress?.port ?? port) },
            logger: logger)
    }
}
