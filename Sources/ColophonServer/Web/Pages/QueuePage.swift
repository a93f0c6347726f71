import ColophonAPI
import ColophonCore

/// The queue: files in, XML out. The script fills it, since nothing can be dropped without one.
struct QueuePage {
    var frame: Frame
    var mappings: [MappingSummary]
    var usualMapping: String
    var uploadBytesMax: Int64
    /// The workspace's newest change when the page was made.
    var changesCursor: String

    var html: HTML {
        frame.page(title: "Queue", script: "jobs.js", section: .queue) {
            element(
                "main",
                [
                    "id": "main", "class": "queue", "data-workspace": frame.workspace?.id ?? "", "data-cursor": changesCursor,
                    "data-write": frame.mayWrite.attribute, "data-upload-max": String(uploadBytesMax),
                ]
            ) {
                element("div", ["class": "heading"]) {
                    element("h1") { "Queue" }
                    element("span", ["id": "summary", "class": "muted", "role": "status", "aria-live": "polite"])
                    element("span", ["class": "grow"])
                    element("button", ["id": "zip", "type": "button", "hidden": ""]) { element("span", ["data-part": "label"]) }
                }
                if frame.mayWrite { intake }
                element("p", ["class": "no-js"]) { "The queue needs a script; the program and the API do without." }
                table
                element("div", ["id": "empty", "class": "empty js-only", "hidden": ""]) {
                    Icon.upload
                    element("h2") { "Nothing here yet" }
                    element("p") { "What you send is listed here, with its XML as soon as it is there." }
                }
                element("div", ["class": "pager"]) { element("button", ["id": "more", "type": "button", "hidden": ""]) { "Show older" } }
                element("div", ["id": "drop", "class": "drop", "hidden": "", "aria-hidden": "true"]) {
                    element("p") { "Drop PDFs to send them" }
                }
            }
        }
    }

    private var intake: HTML {
        element("section", ["class": "intake js-only", "aria-label": "Send files"]) {
            element("label", ["class": "button primary", "for": "files"]) {
                Icon.upload
                "Choose PDFs"
            }
            element(
                "input",
                ["id": "files", "type": "file", "multiple": "multiple", "accept": "application/pdf,.pdf", "class": "visually-hidden"])
            element("p") { "or drop them anywhere on this page; \(Figures.bytes(uploadBytesMax)) each at most." }
            element("span", ["class": "grow"])
            element("label", ["class": "choice"]) {
                element("span") { "XML by" }
                element("select", ["id": "mapping"]) {
                    for mapping in mappings {
                        element(
                            "option",
                            ["value": mapping.name, "title": mapping.summary, "selected": (mapping.name == usualMapping).attribute]
                        ) { "\(mapping.title) (\(mapping.name))" }
                    }
                }
            }
        }
    }

    private var table: HTML {
        element("div", ["class": "table js-only", "id": "table", "hidden": ""]) {
            element("table", ["aria-describedby": "summary"]) {
                element("caption", ["class": "visually-hidden"]) { "Files and their XML, newest first" }
                element("thead") {
                    element("tr") {
                        element("th", ["scope": "col"]) { "File" }
                        element("th", ["scope": "col"]) { "Status" }
                        element("th", ["scope": "col", "class": "mapping"]) { "Mapping" }
                        element("th", ["scope": "col", "class": "time"]) { "Sent" }
                        element("td") { element("span", ["class": "visually-hidden"]) { "What can be done" } }
                    }
                }
                element("tbody", ["id": "rows"])
            }
        }
    }
}
