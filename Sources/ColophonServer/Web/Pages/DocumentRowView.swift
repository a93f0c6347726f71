import ColophonAPI

/// A document's line in the list. The script clones an empty one and fills its parts, so that there is one shape of it.
struct DocumentRowView {
    /// Nil for the empty one.
    var document: DocumentOut?
    var base: String
    var sortID: String

    var html: HTML {
        element("tr", ["data-id": document?.id, "data-order": document.map(order)]) {
            element("td", ["class": "pick js-only"]) {
                element("input", ["type": "checkbox", "aria-label": "Select \(document?.name ?? "")"])
            }
            element("th", ["scope": "row", "class": "name"]) {
                element("a", ["data-part": "name", "href": document.map { "\(base)/documents/\(PercentEncoding.encode($0.id))" }]) {
                    document?.name ?? ""
                }
                element("span", ["class": "sub muted", "data-part": "sub"]) { document.map(small) ?? "" }
            }
            element("td", ["class": "status"]) {
                StatusWord(document?.lastRun?.status).badge
                element("span", ["class": "muted progress", "data-part": "progress"]) { document.map(progress) ?? "" }
            }
            element("td", ["class": "num pages", "data-part": "pages"]) { Figures.pages(document?.lastRun) }
            element("td", ["class": "num size", "data-part": "size"]) { document.map { Figures.bytes($0.byteSize) } ?? "" }
            element("td", ["class": "time"]) { Figures.time(document?.createdAt ?? "", part: "uploaded") }
            element("td", ["class": "tags"]) { tags }
        }
    }

    private var tags: HTML {
        element("ul", ["class": "chips", "data-part": "tags"]) {
            for tag in document?.tags ?? [] {
                element("li") {
                    element("a", ["class": "chip", "href": "\(base)?tag=\(PercentEncoding.encode(tag))"]) { tag }
                }
            }
        }
    }

    /// Pages and size where there is no room for their columns.
    private func small(_ document: DocumentOut) -> String {
        let count = document.lastRun?.pagesTotal ?? 0
        return (count > 0 ? Figures.count(count, "page", "pages") + " · " : "") + Figures.bytes(document.byteSize)
    }

    private func progress(_ document: DocumentOut) -> String {
        guard let run = document.lastRun, run.status == "running", let total = run.pagesTotal else { return "" }
        return "\(run.pagesCompleted) of \(total)"
    }

    /// What the row is sorted by: when it changes, the row may have to move.
    private func order(_ document: DocumentOut) -> String {
        switch sortID {
        case "name": document.name
        case "byteSize": String(document.byteSize)
        default: document.createdAt
        }
    }
}

enum FileTypeWord {
    static func label(_ type: String) -> String {
        switch type {
        case "pdf": "PDF"
        case "html": "HTML"
        default: type.prefix(1).uppercased() + type.dropFirst()
        }
    }
}
