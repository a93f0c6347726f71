import ColophonCore
import HTTPTypes
import Hummingbird

/// Lets in who holds a workspace's key: `Authorization: Bearer …` or `X-Api-Key: …`.
struct AccessMiddleware: RouterMiddleware {
    let library: Library

    func handle(
        _ request: Request, context: ServerContext, next: (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.authorise(try await library.authenticate(Self.secret(in: request.headers)))
        return try await next(request, context)
    }

    private static func secret(in headers: HTTPFields) -> String? {
        if let key = headers[HTTPField.Name.apiKey] { return key }
        guard let credentials = headers[.authorization] else { return nil }
        let parts = credentials.split(separator: " ", maxSplits: 1)
        // The scheme's name is case-insensitive (RFC 9110, section 11.1).
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return parts[1].filter { $0 != " " }
    }
}

extension HTTPField.Name {
    static var apiKey: Self { HTTPField.Name("X-Api-Key")! }
    static var requestID: Self { HTTPField.Name("X-Request-Id")! }
    static var fileName: Self { HTTPField.Name("X-File-Name")! }
    static var referrerPolicy: Self { HTTPField.Name("Referrer-Policy")! }
    static var resourcePolicy: Self { HTTPField.Name("Cross-Origin-Resource-Policy")! }
}
