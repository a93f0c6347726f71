import ColophonAPI
import ColophonCore
import HTTPTypes
import Hummingbird

/// Somebody looking at a page: who they are, and what their browser gets so that they stay who they are.
struct Visit: Sendable {
    /// What a page takes from its visitor's allowance.
    private static let cost = 5

    let request: Request
    let context: ServerContext
    /// Nil where no credential was sent and browsers may not begin without one.
    let principal: Principal?
    /// The cookie of a session that begins with this page.
    private let headers: HTTPFields

    /// - Throws: What the gatekeeper throws; a session that is over is followed by a new one where that is allowed.
    init(_ request: Request, _ context: ServerContext, gatekeeper: Gatekeeper) async throws {
        (self.request, self.context) = (request, context)
        let caller = gatekeeper.caller(request, context)
        let asked = context.parameters.get("w").map { WorkspaceID(named: $0) ?? WorkspaceID(rawValue: "") }
        do {
            principal = try await gatekeeper.identify(caller, in: asked, cost: Self.cost, headers: context.answerHeaders)
            headers = [:]
        } catch let error as ColophonError where error.code == .unauthorized {
            guard gatekeeper.library.limits.allowsAnonymous else {
                (principal, headers) = (nil, [:])
                return
            }
            let token = SessionToken.make()
            principal = try await gatekeeper.library.principal(.session(token.text), in: asked)
            headers = [.setCookie: gatekeeper.cookie.setting(token)]
        }
    }

    /// - Throws: `unauthorized`, or `notFound` for a workspace that is not the visitor's.
    func enter(_ library: Library) async throws -> WorkspaceScope {
        guard let principal else { throw ColophonError.unauthorized() }
        return try await library.admit(principal, needs: .read)
    }

    var address: ListAddress {
        let values = FormQuery.values(request.uri.query)
        return ListAddress { values[$0] }
    }

    /// What surrounds the page.
    func frame(_ library: Library) async throws -> Frame {
        guard let principal else { throw ColophonError.unauthorized() }
        let session = SessionOut(principal, workspaces: try await library.workspaces(of: principal))
        return Frame(assets: .shared, session: session, workspace: session.workspaces.first { $0.id == principal.workspace.rawValue })
    }

    func answer(_ html: HTML) -> Response { PageAnswer.response(html, headers: headers) }
}
