import ColophonAPI

/// What every page has around its own part, and what it must know for that.
struct Frame: Sendable {
    var assets: Assets
    var session: SessionOut?
    /// The workspace that is shown.
    var workspace: SessionOut.Workspace?

    /// Later ones overrule earlier ones.
    private static let styles = ["colophon.css", "controls.css", "list.css", "document.css", "queue.css"]

    /// Where one is, as far as the header leads there.
    enum Section: Sendable {
        case documents, queue
    }

    var mayWrite: Bool { workspace.map { $0.permission != "read" } ?? false }

    /// - Parameters:
    ///   - title: The page's own; the product's name follows it.
    ///   - script: The module that makes it live.
    ///   - section: Where it belongs; nil for what is nowhere in particular.
    func page(title: String, script: String?, section: Section? = nil, @HTMLBuilder _ content: () -> HTML) -> HTML {
        let content = content()
        return HTML(literal: "<!DOCTYPE html>")
            + element("html", ["lang": "en"]) {
                element("head") { head(title: title, script: script) }
                element("body") {
                    element("a", ["class": "skip", "href": "#main"]) { "Skip to content" }
                    header(section)
                    content
                    element("div", ["id": "toasts", "class": "toasts", "role": "status", "aria-live": "polite"])
                }
            }
    }

    @HTMLBuilder private func head(title: String, script: String?) -> HTML {
        element("meta", ["charset": "utf-8"])
        element("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
        element("meta", ["name": "color-scheme", "content": "light dark"])
        element("title") { "\(title) · Colophon" }
        element("link", ["rel": "icon", "href": "\(assets.path)/icon.svg", "type": "image/svg+xml"])
        for style in Self.styles { element("link", ["rel": "stylesheet", "href": "\(assets.path)/\(style)"]) }
        if let script {
            for module in assets.modules(from: script) { element("link", ["rel": "modulepreload", "href": "\(assets.path)/\(module)"]) }
            element("script", ["type": "module", "src": "\(assets.path)/\(script)"])
        }
    }

    private func header(_ section: Section?) -> HTML {
        element("header", ["class": "top"]) {
            element("a", ["class": "brand", "href": "/"]) {
                Icon.mark
                element("span") { "Colophon" }
            }
            if let workspace {
                nav(workspace, section)
                place(workspace)
            }
            element("span", ["class": "grow"])
            if workspace != nil {
                element(
                    "span",
                    ["id": "connection", "class": "connection", "data-state": "connecting", "role": "status", "aria-live": "polite"]
                ) {
                    element("span", ["data-part": "word"])
                }
            }
            who
        }
    }

    private func nav(_ workspace: SessionOut.Workspace, _ section: Section?) -> HTML {
        element("nav", ["class": "nav", "aria-label": "Sections"]) {
            element(
                "a", ["href": "/w/\(PercentEncoding.encode(workspace.id))", "aria-current": section == .documents ? "page" : nil]
            ) { "Documents" }
            element("a", ["href": "/queue", "aria-current": section == .queue ? "page" : nil]) { "Queue" }
        }
    }

    @HTMLBuilder private func place(_ workspace: SessionOut.Workspace) -> HTML {
        let others = session?.workspaces ?? []
        if others.count < 2 {
            element("span", ["class": "place"]) { workspace.name }
        } else {
            element("details", ["class": "menu place"]) {
                element("summary", ["aria-label": "Workspace: \(workspace.name)"]) {
                    workspace.name
                    Icon.down
                }
                element("ul") {
                    for other in others {
                        element("li") {
                            element(
                                "a",
                                ["href": "/w/\(PercentEncoding.encode(other.id))", "aria-current": other.id == workspace.id ? "true" : nil]
                            ) {
                                other.name
                            }
                        }
                    }
                }
            }
        }
    }

    @HTMLBuilder private var who: HTML {
        if let session, session.signedIn {
            element("span", ["class": "who"]) { session.name }
            element("button", ["class": "quiet js-only", "type": "button", "id": "sign-out"]) { "Sign out" }
        } else if session != nil {
            element("a", ["class": "button quiet", "href": "/sign-in"]) { "Sign in" }
        }
    }
}
