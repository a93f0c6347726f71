import ColophonAPI

/// A workspace's documents: a table that is whole without a script, and live with one.
struct ListPage {
    var frame: Frame
    var address: ListAddress
    var listing: DocumentListOut
    var uploadBytesMax: Int64

    private var workspaceID: String { frame.workspace?.id ?? "" }
    var base: String { "/w/\(PercentEncoding.encode(workspaceID))" }

    var html: HTML {
        frame.page(title: "Documents", script: "list.js", section: .documents) {
            element(
                "main",
                [
                    "id": "main", "class": "list", "data-workspace": workspaceID, "data-base": base,
                    "data-cursor": listing.meta.changesCursor, "data-limit": String(listing.meta.limit),
                    "data-more": listing.meta.hasMore.attribute, "data-next": listing.meta.nextCursor,
                    "data-total": listing.meta.totalCount.map(String.init), "data-write": frame.mayWrite.attribute,
                    "data-upload-max": String(uploadBytesMax),
                ]
            ) {
                heading
                element("div", ["class": "tools"]) {
                    filterBar
                    selectionBar
                }
                notice
                table
                empty
                pager
                if frame.mayWrite { uploads }
            }
        }
    }

    private var heading: HTML {
        element("div", ["class": "heading"]) {
            element("h1") { "Documents" }
            element("span", ["id": "total", "class": "muted", "role": "status"]) {
                if let total = listing.meta.totalCount { Figures.count(total, "document", "documents") }
            }
            element("span", ["class": "grow"])
            if frame.mayWrite {
                element("label", ["class": "button primary js-only", "for": "files"]) {
                    Icon.upload
                    "Upload"
                }
                element("input", ["id": "files", "type": "file", "multiple": "", "class": "visually-hidden js-only"])
            }
        }
    }

    private var notice: HTML {
        element("div", ["id": "updates", "class": "bar notice", "role": "status", "aria-live": "polite"]) {
            element("div", ["data-part": "body", "hidden": ""]) {
                element("span") { "Updates available" }
                element("button", ["type": "button", "data-act": "refresh"]) { "Refresh" }
            }
        }
    }

    private var table: HTML {
        element("div", ["class": "table", "hidden": listing.items.isEmpty.attribute, "id": "table"]) {
            element("table", ["aria-describedby": "total"]) {
                element("caption", ["class": "visually-hidden"]) { "Documents" }
                element("thead") {
                    element("tr") {
                        element("td", ["class": "pick js-only"]) {
                            element("input", ["type": "checkbox", "id": "all", "aria-label": "Select all documents on this page"])
                        }
                        column("Name", sort: "name", class: "name")
                        column("Status", class: "status")
                        column("Pages", class: "num pages")
                        column("Size", sort: "byteSize", class: "num size")
                        column("Uploaded", sort: "createdAt", class: "time")
                        column("Tags", class: "tags")
                    }
                }
                element("tbody", ["id": "rows"]) {
                    for item in listing.items { DocumentRowView(document: item, base: base, sortID: address.sortID).html }
                }
            }
            element("template", ["id": "row"]) { DocumentRowView(document: nil, base: base, sortID: "").html }
        }
    }

    private func column(_ label: String, sort id: String? = nil, class name: String) -> HTML {
        let sorted = id == address.sortID
        return element(
            "th",
            ["scope": "col", "class": name, "data-sort": id, "aria-sort": sorted ? (address.descending ? "descending" : "ascending") : nil]
        ) {
            if let id {
                element("a", ["href": base + address.sorted(by: id).query]) {
                    label
                    element("span", ["class": "arrow", "aria-hidden": "true"])
                }
            } else {
                label
            }
        }
    }

    private var isLater: Bool { address.cursor != nil }

    private var empty: HTML {
        element("div", ["id": "empty", "class": "empty", "hidden": (!listing.items.isEmpty).attribute]) {
            element("div", ["data-part": "none", "hidden": (address.isFiltered || isLater).attribute]) {
                Icon.upload
                element("h2") { "No documents yet" }
                if frame.mayWrite {
                    element("p", ["class": "js-only"]) { "Drop files anywhere on this page, or choose them. They are read at once." }
                    element("label", ["class": "button primary js-only", "for": "files"]) { "Choose files" }
                    element("p", ["class": "no-js"]) { "Uploading on this page needs a script; the program and the API do without." }
                }
            }
            element("div", ["data-part": "filtered", "hidden": (!address.isFiltered || isLater).attribute]) {
                Icon.search
                element("h2") { "Nothing matches" }
                element("p") { element("a", ["href": base]) { "Show all documents" } }
            }
            element("div", ["data-part": "beyond", "hidden": (!isLater).attribute]) {
                element("h2") { "Nothing on this page any more" }
                element("p") { "The first page has what there is." }
            }
        }
    }

    private var pager: HTML {
        element("nav", ["id": "pager", "class": "pager", "aria-label": "Pages"]) {
            element(
                "a",
                [
                    "data-act": "first", "class": "button", "href": base + address.with { _ in }.query,
                    "hidden": (address.cursor == nil).attribute,
                ]
            ) {
                "First page"
            }
            element("a", ["data-act": "previous", "class": "button", "href": base, "hidden": ""]) { "Previous" }
            element(
                "a",
                [
                    "data-act": "next", "class": "button", "rel": "next", "hidden": (listing.meta.nextCursor == nil).attribute,
                    "href": base + address.with { $0.cursor = listing.meta.nextCursor }.query,
                ]
            ) { "Next page" }
        }
    }
}
