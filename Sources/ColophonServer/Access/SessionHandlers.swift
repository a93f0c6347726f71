import ColophonAPI
import ColophonCore
import HTTPTypes
import Hummingbird

/// Who am I, sign in, sign out.
struct SessionHandlers: Sendable {
    /// The largest body that can hold a key, in bytes.
    static let bodyBytesMax = 4096

    let gatekeeper: Gatekeeper

    private var library: Library { gatekeeper.library }

    func show(_ request: Request, _ context: ServerContext) async throws -> Response {
        try await .json(info(on: context.principal))
    }

    /// No credential is asked for, but the page must be ours: nobody else shall sign a browser in.
    func signIn(_ request: Request, _ context: ServerContext) async throws -> Response {
        let caller = gatekeeper.caller(request, context)
        try gatekeeper.sameOrigin.check(caller)
        try gatekeeper.allowances.spendSignIn(at: caller.address, headers: context.answerHeaders)
        let old = gatekeeper.cookie.value(in: request.headers).flatMap { SessionToken(text: $0) }
        let body = try await JSONBody(request, known: ["key"], bytesMax: Self.bodyBytesMax)
        let token = try await library.signIn(key: try body.requiredText("key"), replacing: old)
        let principal = try await library.principal(.session(token.text))
        return try await .json(info(on: principal), headers: [.setCookie: gatekeeper.cookie.setting(token)])
    }

    func signOut(_ request: Request, _ context: ServerContext) async throws -> Response {
        try await library.signOut(context.principal)
        return Response(status: .noContent, headers: [.setCookie: gatekeeper.cookie.clearing])
    }

    private func info(on principal: Principal) async throws -> SessionOut {
        SessionOut(principal, workspaces: try await library.workspaces(of: principal))
    }
}

extension SessionOut {
    init(_ principal: Principal, workspaces: [WorkspaceAccess]) {
        self.init(
            actor: "\(principal.member)", name: principal.name, signedIn: principal.isSignedIn,
            personalWorkspaceId: principal.personalWorkspace.rawValue,
            workspaces: workspaces.map {
                Workspace(id: $0.id.rawValue, name: $0.name, role: $0.role.rawValue, permission: $0.permission.rawValue)
            })
    }
}
