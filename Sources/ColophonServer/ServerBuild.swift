package import ColophonCore
package import Hummingbird
import HummingbirdCore
import HummingbirdTLS
package import Logging
import NIOCore

/// The listening server around a router; the program and the tests call the same.
package enum ServerBuild {
    /// A server without streams, over plain HTTP.
    package static func plain(
        router: Router<ServerContext>, limits: Limits, host: String, port: Int, logger: Logger,
        onReady: @escaping @Sendable (Int) async -> Void
    ) -> some ApplicationProtocol {
        Application(
            router: router,
            server: .http1(configuration: .init(idleTimeout: .milliseconds(limits.idleTimeout.wholeMilliseconds))),
            configuration: ApplicationConfiguration(
                address: .hostname(host, port: port), serverName: "colophon",
                availableConnectionsDelegate: MaximumAvailableConnections(limits.connectionsMax, logger: logger)),
            onServerRunning: { channel in await onReady(channel.localAddress?.port ?? port) }, logger: logger)
    }

    /// - Parameters:
    ///   - hub: Serves the streams; it lives as long as the application.
    ///   - port: 0 takes a free one.
    ///   - tls: Nil speaks plain HTTP.
    ///   - onReady: Called with the port, once it listens.
    package static func application(
        router: Router<ServerContext>, hub: FeedHub, limits: Limits, host: String, port: Int, tls: ServerTLS? = nil,
        logger: Logger, onReady: @escaping @Sendable (Int) async -> Void
    ) throws -> some ApplicationProtocol {
        let idle = TimeAmount.milliseconds(limits.idleTimeout.wholeMilliseconds)
        let plain = HTTPServerBuilder.http1(
            configuration: .init(additionalChannelHandlers: [StreamDoor(hub)], idleTimeout: idle))
        return Application(
            router: router,
            server: try tls.map { try .tls(plain, tlsConfiguration: $0.configuration) } ?? plain,
            configuration: ApplicationConfiguration(
                address: .hostname(host, port: port), serverName: "colophon",
                availableConnectionsDelegate: MaximumAvailableConnections(limits.connectionsMax + limits.streamsMax, logger: logger)),
            services: [hub],
            onServerRunning: { channel in await onReady(channel.localAddress?.port ?? port) },
            logger: logger)
    }
}
