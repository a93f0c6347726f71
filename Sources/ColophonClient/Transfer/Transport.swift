import AsyncHTTPClient
import NIOCore
import Synchronization

/// The connections that all clients of a process share; they live as long as it does.
enum Transport {
    /// For requests that are answered. Refused connections are not tried again: the caller is told.
    static let requests: HTTPClient = {
        HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()

    /// For streams, each on a connection of its own.
    ///
    /// - Parameter silence: How long a connection may bring nothing before it is given up.
    static func streams(silence: Duration) -> HTTPClient {
        streamClients.withLock { clients in
            if let client = clients[silence] { return client }
            var configuration = configuration
            configuration.timeout.read = .nanoseconds(Int64(silence / .nanoseconds(1)))
            // A stream keeps its connection: one waiting for another's would wait for ever.
            configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 65_536
            let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
            clients[silence] = client
            return client
        }
    }

    /// By what they take for silence, of which there is one but for tests.
    private static let streamClients = Mutex<[Duration: HTTPClient]>([:])

    private static var configuration: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration.singletonConfiguration
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.timeout.connect = .seconds(10)
        return configuration
    }
}
