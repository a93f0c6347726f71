import ColophonAPI
import ColophonCore
import HTTPTypes
import Hummingbird
import Logging

/// The pages for people, and what they are made of.
struct WebHandlers: Sendable {
    let library: Library
    let gatekeeper: Gatekeeper

    var routes: [Route] {
        // They ask for credentials by themselves: who has none gets a session, or is shown where to sign in, and no error body.
        [
            Route(.get, "/", asks: .nothing, cost: 0, page(list)), Route(.get, "/w/:w", asks: .nothing, cost: 0, page(list)),
            Route(.get, "/w/:w/documents/:id", asks: .nothing, cost: 0, page(document)),
            Route(.get, "/w/:w/documents/:id/markdown", asks: .nothing, cost: 0, page(markdown)),
            Route(.get, "/queue", asks: .nothing, cost: 0, page(queue)), Route(.get, "/sign-in", asks: .nothing, cost: 0, page(signIn)),
            Route(.get, "/assets/:hash/:name", asks: .nothing, cost: 0, asset),
        ]
    }

    private func list(_ visit: Visit) async throws -> Response {
        // Who signed in wants the key's workspace; what the browser began without it stays in the menu.
        if let principal = visit.principal, let key = principal.key, visit.context.parameters.get("w") == nil,
            key.workspace != principal.workspace, try await library.workspaces(of: principal).contains(where: { $0.id == key.workspace })
        {
            return .redirect(to: "/w/\(PercentEncoding.encode(key.workspace.rawValue))", type: .normal)
        }
        let scope = try await visit.enter(library)
        let address = visit.address
        let query = try address.query(limits: library.limits, now: library.machine.wallClock.now())
        let listing = try await library.list(query, in: scope)
        let page = ListPage(
            frame: try await visit.frame(library), address: address, listing: try DocumentListOut(listing, limit: query.limit),
            uploadBytesMax: library.limits.uploadBytesMax)
        return visit.answer(page.html)
    }

    /// In the visitor's own workspace: whoever has no account has one too.
    private func queue(_ visit: Visit) async throws -> Response {
        let scope = try await visit.enter(library)
        let position = try await library.feedPosition(in: scope)
        let page = QueuePage(
            frame: try await visit.frame(library), mappings: library.mappings, usualMapping: library.usualMapping,
            uploadBytesMax: min(JobHandlers.bytesMax, library.limits.uploadBytesMax), changesCursor: "\(position.head)")
        return visit.answer(page.html)
    }

    private func document(_ visit: Visit) async throws -> Response {
        let scope = try await visit.enter(library)
        let id = try visit.context.documentID
        // Before the document: what changes in between is then told by the feed.
        let position = try await library.feedPosition(in: scope)
        let row = try await library.documentRow(id, in: scope)
        let runs = try await library.runs(of: id, limit: DocumentPage.runsMax, before: nil, in: scope)
        let page = DocumentPage(
            frame: try await visit.frame(library), document: try DocumentOut(row), runs: runs.items.map { RunOut($0) },
            changesCursor: "\(position.head)")
        return visit.answer(page.html)
    }

    /// A result's Markdown to be looked at: looking is no download, so that it does not begin the time after which results go.
    private func markdown(_ visit: Visit) async throws -> Response {
        let scope = try await visit.enter(library)
        let run = try visit.request.single("run").map(RunID.init(rawValue:))
        let (resolved, body) = try await library.result(.markdown, run: run, of: visit.context.documentID, in: scope)
        var answer = BlobAnswer(
            body: body, type: "text/plain; charset=utf-8", fileName: resolved.version.originalName, idleTimeout: library.limits.idleTimeout
        ).response(on: visit.context.channel)
        answer.headers[.contentDisposition] = "inline"
        return answer
    }

    private func signIn(_ visit: Visit) async throws -> Response {
        if visit.principal?.isSignedIn == true { return .redirect(to: "/", type: .normal) }
        let frame = Frame(assets: .shared, session: nil, workspace: nil)
        return visit.answer(SignInPage(frame: frame, anonymous: library.limits.allowsAnonymous).html)
    }

    private func asset(_ request: Request, _ context: ServerContext) async throws -> Response {
        let response = Assets.shared.response(hash: try context.parameters.require("hash"), name: try context.parameters.require("name"))
        guard let response else { throw ColophonError(.notFound, "There is nothing at this path.") }
        return response
    }

    /// A handler of a page: finds out who looks, and tells people in words what went wrong.
    private func page(_ show: @escaping @Sendable (Visit) async throws -> Response) -> Route.Handler {
        { request, context in
            do {
                let visit = try await Visit(request, context, gatekeeper: gatekeeper)
                return try await show(visit)
            } catch let error as ColophonError {
                if error.code == .unauthorized { return .redirect(to: "/sign-in", type: .normal) }
                ErrorAnswer.log(error, context.logger)
                return Self.answer(to: error.code == .internal ? ErrorAnswer.bare(error) : error, context)
            }
        }
    }

    private static func answer(to error: ColophonError, _ context: ServerContext) -> Response {
        let status = ErrorAnswer.status(of: error.code)
        let title =
            switch error.code {
            case .notFound: "Not found"
            case .forbidden: "Not allowed"
            case .rateLimited: "Too much at once"
            case .unavailable: "Not available now"
            default: "That did not work"
            }
        let page = ErrorPage(
            frame: Frame(assets: .shared, session: nil, workspace: nil), title: title, message: error.message, requestID: context.requestID)
        var response = PageAnswer.response(page.html, status: status)
        if let seconds = error.retryAfterSeconds { response.headers[.retryAfter] = "\(seconds)" }
        return response
    }
}
