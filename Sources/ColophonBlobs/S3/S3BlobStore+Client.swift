package import AsyncHTTPClient
import NIOCore

extension S3BlobStore {
    /// Runs `body` with an HTTP client for S3, and shuts it down however `body` ends.
    package static func withClient<Result>(_ body: (HTTPClient) async throws -> Result) async throws -> Result {
        try await HTTPClient.withHTTPClient(configuration: configuration, body)
    }

    /// How a client for S3 is configured.
    package static var configuration: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout = HTTPClient.Configuration.Timeout(connect: .seconds(5), read: .seconds(60), write: .seconds(60))
        // Waiting and trying again is the driver's own business.
        configuration.connectionPool.retryConnectionEstablishment = false
        // A slow reader holds a connection; at eight, the default, a few of them would hold up everybody.
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 128
        return configuration
    }
}
