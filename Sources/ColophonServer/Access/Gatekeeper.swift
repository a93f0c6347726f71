package import ColophonCore
package import HTTPTypes
import Hummingbird
package import NIOCore

/// Decides who comes in. Every route's handler is made by it, so none can be without.
package struct Gatekeeper: Sendable {
    let library: Library
    package let cookie: SessionCookie
    let sameOrigin: SameOrigin
    let allowances: Allowances
    private let uploads: UploadSlots
    private let isBehindProxy: Bool

    /// - Parameters:
    ///   - isSecure: Whether browsers reach us over TLS, wherever it ends.
    ///   - isBehindProxy: Whether all that comes has passed a proxy of ours, which says whom it comes from.
    package init(library: Library, isSecure: Bool, isBehindProxy: Bool = false) {
        self.library = library
        self.isBehindProxy = isBehindProxy
        cookie = SessionCookie(isSecure: isSecure)
        sameOrigin = SameOrigin(isSecure: isSecure)
        allowances = Allowances(perMinute: library.limits.unitsPerMinute, clock: library.machine.clock)
        uploads = UploadSlots(max: library.limits.uploadsAtOnceMax)
    }

    /// The handler behind its gate: credential, origin, allowance, permission, and only then the handler, which is the first to look at an id.
    func handler(for route: Route) -> Route.Handler {
        { request, context in
            var context = context
            let caller = caller(request, context)
            let cost = route.cost.units(for: request.headers, limits: library.limits)
            switch route.asks {
            case .nothing:
                try allowances.spend(cost, at: caller.address, headers: context.answerHeaders)
                return try await route.handler(request, context)
            case .identity:
                context.identify(try await identify(caller, in: nil, cost: cost, headers: context.answerHeaders))
                return try await route.handler(request, context)
            case .workspace(let needed):
                let named = context.parameters.get("w")
                let scope =
                    if let link = try route.admitsLinks ? request.single("token") : nil {
                        try await admit(link: link, cost: cost, caller, context)
                    } else {
                        try await admit(caller, workspace: named, needs: needed, cost: cost, answerHeaders: context.answerHeaders).scope
                    }
                context.authorise(scope)
                guard case .upload = route.cost else { return try await route.handler(request, context) }
                return try await uploads.with(scope.workspace) { [context] in try await route.handler(request, context) }
            }
        }
    }

    /// As every route that names a workspace is entered, for those who serve requests on their own.
    ///
    /// - Parameters:
    ///   - authority: The host that was asked for; nil takes the `Host` header.
    ///   - workspace: As the path names it; nil is the caller's own.
    ///   - cost: In units of the caller's allowance.
    /// - Throws: `ColophonError`: `unauthorized`, `forbidden`, `rateLimited`, or `notFound` for a workspace that is not the caller's.
    package func admit(
        headers: HTTPFields, method: HTTPRequest.Method, authority: String? = nil, workspace: String?, needs: Permission, cost: Int,
        remoteAddress: SocketAddress?
    ) async throws -> Admitted {
        let caller = Caller(
            method: method, headers: headers, authority: authority, address: remoteAddress, isForwarded: isBehindProxy)
        return try await admit(caller, workspace: workspace, needs: needs, cost: cost, answerHeaders: nil)
    }

    /// Whoever has a link to one download shows nothing else.
    private func admit(link: String, cost: Int, _ caller: Caller, _ context: ServerContext) async throws -> WorkspaceScope {
        try allowances.spend(max(1, cost), at: caller.address, headers: context.answerHeaders)
        return try await library.scope(ofLink: link, to: context.runID)
    }

    private func admit(
        _ caller: Caller, workspace: String?, needs: Permission, cost: Int, answerHeaders: AnswerHeaders?
    ) async throws -> Admitted {
        // No workspace has an empty name: what cannot be one is answered as what is none.
        let asked = workspace.map { WorkspaceID(named: $0) ?? WorkspaceID(rawValue: "") }
        let principal = try await identify(caller, in: asked, cost: cost, headers: answerHeaders)
        return Admitted(
            scope: try await library.admit(principal, needs: needs),
            stranger: principal.isSignedIn ? nil : Allowances.holder(principal, at: caller.address))
    }

    /// Who calls, once it is clear that they mean it and may go on asking.
    func identify(_ caller: Caller, in workspace: WorkspaceID?, cost: Int, headers: AnswerHeaders?) async throws -> Principal {
        let credential = credential(of: caller)
        let principal: Principal
        do {
            principal = try await library.principal(credential, in: workspace)
        } catch let error as ColophonError where error.code == .unauthorized {
            // Who guesses spends what the address has.
            try allowances.spend(max(1, cost), at: caller.address, headers: headers)
            throw error
        }
        if case .session = credential { try sameOrigin.check(caller) }
        try allowances.spend(cost, of: principal, at: caller.address, headers: headers)
        return principal
    }

    /// A key decides where both are sent: a browser never sends one by itself.
    private func credential(of caller: Caller) -> Credential? {
        if let key = caller.key { return .key(key) }
        return cookie.value(in: caller.headers).map { .session($0) }
    }

    func caller(_ request: Request, _ context: ServerContext) -> Caller {
        Caller(
            method: request.method, headers: request.headers, authority: request.head.authority, address: context.channel.remoteAddress,
            isForwarded: isBehindProxy)
    }
}

/// Somebody who came in.
package struct Admitted: Sendable {
    package let scope: WorkspaceScope
    /// As what they are counted where they have shown no key; nil for who has.
    let stranger: Allowances.Holder?
}
