import AsyncHTTPClient
import ColophonCore
import FoundationEssentials
import NIOCore
import NIOHTTP1

/// Asks a gateway for the XML of one document: one request, one answer, both bounded. Redirects are not followed, and nothing that comes is
/// unpacked.
package struct GatewayClient: Sendable {
    private let http: HTTPClient
    private let settings: GatewaySettings

    package init(_ settings: GatewaySettings) {
        self.settings = settings
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.timeout = .init(connect: .milliseconds(settings.connectTimeout.wholeMilliseconds))
        configuration.decompression = .disabled
        // Whoever refuses a connection has answered: a run's next attempt is ours to time.
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.httpVersion = .http1Only
        http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// Ends what is open; to be called once, when no call is made any more.
    package func close() async throws { try await http.shutdown() }

    /// - Throws: `RunFailure`, `GatewayBusy`, or `CancellationError` when the task was cancelled.
    func xml(of source: ExtractionSource, _ choice: MappingChoice) async throws -> [UInt8] {
        let form = try GatewayForm(source, choice)
        return try await within(settings.timeout) {
            let (status, body, retryAfter) = try await exchange(form, source.correlation)
            return try await HeavyWork.threads.run {
                try GatewayAnswer.xml(status: status, body: body, retryAfter: retryAfter, retryPause: settings.retryPause)
            }
        }
    }

    private func exchange(_ form: GatewayForm, _ correlation: String) async throws -> (Int, [UInt8], Int?) {
        var request = HTTPClientRequest(url: settings.address.absoluteString)
        request.method = .POST
        request.headers = [
            "accept": "application/xml", "content-type": "multipart/form-data; boundary=\(form.boundary)", "user-agent": "colophon",
        ]
        if !correlation.isEmpty {
            request.headers.add(name: "x-request-id", value: correlation)
            request.headers.add(name: "x-job-id", value: correlation)
        }
        if let token = settings.token { request.headers.add(name: "authorization", value: "Bearer \(token)") }
        request.body = .stream(form, length: .known(form.length))
        let response = try await http.execute(request, deadline: .now() + .milliseconds(settings.timeout.wholeMilliseconds))
        let status = Int(response.status.code)
        let retryAfter = response.headers.first(name: "retry-after").flatMap { Int($0) }
        guard status == 200 else {
            // Whatever it says, it says at its beginning.
            var head: [UInt8] = []
            for try await piece in response.body {
                head += piece.readableBytesView.prefix(GatewayAnswer.refusalBytesMax - head.count)
                if head.count >= GatewayAnswer.refusalBytesMax { break }
            }
            return (status, head, retryAfter)
        }
        do {
            return (status, Array(try await response.body.collect(upTo: settings.answerBytesMax).readableBytesView), retryAfter)
        } catch is NIOTooManyBytesError {
            throw RunFailure(
                .gatewayFailed, "The gateway's answer is larger than \(settings.answerBytesMax) bytes.", retryAfter: settings.retryPause)
        }
    }

    /// The deadline of the HTTP client holds only until an answer begins.
    private func within<Result: Sendable>(_ time: Duration, _ body: @escaping @Sendable () async throws -> Result) async throws -> Result {
        try await withThrowingTaskGroup(of: Result.self) { group in
            defer { group.cancelAll() }
            group.addTask {
                do { return try await body() } catch { throw try Self.failure(error, settings) }
            }
            group.addTask {
                try await Task.sleep(for: time)
                throw RunFailure(.gatewayTimeout, retryAfter: settings.retryPause)
            }
            guard let result = try await group.next() else { throw CancellationError() }
            return result
        }
    }

    /// - Throws: `CancellationError` in a cancelled task, however the client says it.
    private static func failure(_ error: any Error, _ settings: GatewaySettings) throws -> any Error {
        if error is RunFailure || error is GatewayBusy { return error }
        try Task.checkCancellation()
        switch error as? HTTPClientError {
        case .deadlineExceeded, .readTimeout, .writeTimeout: return RunFailure(.gatewayTimeout, retryAfter: settings.retryPause)
        case .connectTimeout:
            return RunFailure(.gatewayTimeout, "The gateway cannot be reached in time.", retryAfter: settings.retryPause)
        default:
            return RunFailure(
                .gatewayFailed, "The gateway cannot be reached, or broke off in the middle of its answer.", retryAfter: settings.retryPause)
        }
    }
}
