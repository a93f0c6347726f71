import ColophonAPI

/// One document: what it is, how its runs stand, what was read from it. The script adds images, text and history, and keeps it live.
struct DocumentPage {
    /// How many runs are shown at first.
    static let runsMax = 50

    var frame: Frame
    var document: DocumentOut
    /// Newest first.
    var runs: [RunOut]
    /// The workspace's newest change when the page was made.
    var changesCursor: String

    private var base: String { "/w/\(PercentEncoding.encode(document.workspaceId))" }
    private var own: String { "\(base)/documents/\(PercentEncoding.encode(document.id))" }
    private var api: String { "/api/v1/workspaces/\(PercentEncoding.encode(document.workspaceId))" }

    var html: HTML {
        frame.page(title: document.name, script: "document.js") {
            element(
                "main",
                [
                    "id": "main", "class": "document", "data-workspace": document.workspaceId, "data-document": document.id,
                    "data-base": base, "data-cursor": changesCursor, "data-write": frame.mayWrite.attribute,
                ]
            ) {
                element("nav", ["class": "crumbs", "aria-label": "Breadcrumb"]) { element("a", ["href": base]) { "Documents" } }
                heading
                facts
                state
                element("div", ["class": "split"]) {
                    pages
                    panels
                }
            }
        }
    }

    private var heading: HTML {
        element("div", ["class": "heading", "id": "heading"]) {
            element("h1", ["tabindex": "-1"]) { element("span", ["data-part": "name"]) { document.name } }
            if frame.mayWrite {
                element("button", ["type": "button", "class": "quiet icon-only js-only", "data-act": "rename", "aria-label": "Rename"]) {
                    Icon.pencil
                }
            }
            element("span", ["data-part": "state", "aria-live": "polite"]) { StatusWord(document.lastRun?.status).badge }
            element("span", ["class": "grow"])
            downloads
            if frame.mayWrite {
                element("span", ["class": "actions js-only"]) {
                    action("cancel", "Cancel")
                    action("retry", "Retry")
                    action("start", "Read it now")
                    action("reparse", "Read again")
                    element("button", ["type": "button", "class": "danger", "data-act": "delete"]) { "Delete" }
                }
            }
        }
    }

    private func action(_ act: String, _ label: String) -> HTML {
        element("button", ["type": "button", "data-act": act, "hidden": ""]) { label }
    }

    private var downloads: HTML {
        element("details", ["class": "menu right", "id": "downloads"]) {
            element("summary", ["class": "button"]) {
                "Download"
                Icon.down
            }
            element("ul") {
                download("Source", "\(api)/documents/\(PercentEncoding.encode(document.id))/download", shown: true, kind: "source")
                for (word, format) in [("Markdown", "md"), ("HTML", "html"), ("Plain text", "text"), ("JSON", "json")] {
                    download(
                        word, "\(api)/runs/\(PercentEncoding.encode(document.currentRunId ?? ""))/output/download?format=\(format)",
                        shown: document.hasOutput && document.currentRunId != nil, kind: format)
                }
            }
        }
    }

    private func download(_ word: String, _ address: String, shown: Bool, kind: String) -> HTML {
        element("li", ["hidden": (!shown).attribute, "data-kind": kind]) { element("a", ["href": address, "download": ""]) { word } }
    }

    private var facts: HTML {
        element("div", ["class": "facts", "id": "facts"]) {
            element("p", ["class": "muted", "data-part": "facts"]) {
                "\(FileTypeWord.label(document.fileType)) · \(Figures.bytes(document.byteSize)) · "
                if let pages = document.lastRun?.pagesTotal, pages > 0 { Figures.count(pages, "page", "pages") + " · " }
                "version \(document.currentVersionNo) · uploaded "
                Figures.time(document.createdAt)
                if let uploader = document.uploader { " by \(uploader.name)" }
            }
            element("div", ["class": "tag-editor", "id": "tags"]) {
                element("ul", ["class": "chips", "aria-label": "Tags", "data-part": "tags"]) {
                    for tag in document.tags {
                        element("li") { element("a", ["class": "chip", "href": "\(base)?tag=\(PercentEncoding.encode(tag))"]) { tag } }
                    }
                }
            }
        }
    }

    private var state: HTML {
        let run = document.lastRun
        return element("div", ["id": "state"]) {
            element("div", ["class": "bar notice", "data-part": "deleted", "role": "status", "hidden": ""])
            element("div", ["class": "bar notice", "data-part": "pinned", "hidden": ""])
            element(
                "div",
                [
                    "class": "bar error", "data-part": "error", "role": "status",
                    "hidden": (run?.errorMessage == nil || run?.status == "cancelled").attribute,
                ]
            ) {
                element("span", ["data-part": "message"]) { run?.errorMessage ?? "" }
                element("code", ["data-part": "code"]) { run?.errorCode ?? "" }
            }
            element(
                "div", ["class": "bar", "data-part": "running", "hidden": (run?.status != "running" && run?.status != "queued").attribute]
            ) {
                element("span", ["data-part": "step"]) { run?.status == "queued" ? "Waiting for a worker" : "Reading" }
                element(
                    "progress",
                    [
                        "data-part": "bar", "aria-label": "Pages read", "max": run?.pagesTotal.map(String.init),
                        "value": run?.pagesTotal == nil ? nil : run.map { String($0.pagesCompleted) },
                    ])
                element("span", ["data-part": "pages", "class": "muted"])
            }
        }
    }

    private var pages: HTML {
        element("section", ["id": "pages", "class": "viewer js-only", "aria-label": "Pages", "aria-describedby": "pages-keys"]) {
            element("p", ["id": "pages-keys", "class": "visually-hidden"]) {
                "Page Up and Page Down go from page to page, left and right from box to box."
            }
            // There before it has anything to say: what comes with its text already in it is often not read out.
            element("p", ["class": "visually-hidden", "data-part": "told", "role": "status"])
            element("div", ["class": "viewer-bar"]) {
                element("div", ["class": "legend", "data-part": "legend", "role": "group", "aria-label": "Boxes"])
                element("span", ["class": "muted", "data-part": "position"])
                element("div", ["class": "zoom", "role": "group", "aria-label": "Zoom"]) {
                    element("button", ["type": "button", "data-zoom": "fit", "aria-pressed": "true"]) { "Fit" }
                    element("button", ["type": "button", "data-zoom": "full", "aria-pressed": "false"]) { "100 %" }
                }
            }
            element("div", ["class": "sheets", "data-part": "sheets"])
        }
    }

    private var panels: HTML {
        element("div", ["id": "panels", "class": "panels"]) {
            panel("text", "Text") {
                if document.hasOutput {
                    element("p", ["class": "no-js"]) { element("a", ["href": "\(own)/markdown"]) { "Show what was read, as Markdown" } }
                } else {
                    element("p", ["class": "muted no-js"]) { "There is nothing to show before a run is complete." }
                }
                element("div", ["data-part": "body"])
            }
            panel("runs", "Runs") {
                RunTable(runs: runs, own: own).html
                element("p", ["class": "muted", "data-part": "more", "hidden": ""])
            }
            panel("events", "Events", script: true) { element("ol", ["class": "events", "data-part": "body"]) }
            panel("versions", "Versions", script: true) { element("div", ["data-part": "body"]) }
        }
    }

    private func panel(_ id: String, _ title: String, script: Bool = false, @HTMLBuilder _ content: () -> HTML) -> HTML {
        let content = content()
        return element("section", ["id": "panel-\(id)", "class": script ? "panel js-only" : "panel", "data-panel": id]) {
            element("h2") { title }
            content
        }
    }
}
