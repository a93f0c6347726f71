import ColophonAPI

/// What a list is searched, filtered and worked on with.
extension ListPage {
    var filterBar: HTML {
        element("form", ["id": "filters", "class": "filters", "method": "get", "action": base, "role": "search"]) {
            element("span", ["class": "search"]) {
                Icon.search
                element(
                    "input",
                    [
                        "type": "search", "name": "q", "id": "q", "value": address.q.isEmpty ? nil : address.q, "maxlength": "200",
                        "placeholder": "Search names and tags", "aria-label": "Search documents", "aria-keyshortcuts": "/",
                        "autocomplete": "off",
                    ])
                element("kbd", ["class": "js-only", "aria-hidden": "true"]) { "/" }
            }
            choice("status", "Status", address.status, StatusWord.choices.map { ($0.key, $0.label) })
            choice("type", "Type", address.type, ListAddress.types.map { ($0, FileTypeWord.label($0)) })
            if !address.tag.isEmpty { element("input", ["type": "hidden", "name": "tag", "value": address.tag]) }
            if address.sort != ListAddress.defaultSort { element("input", ["type": "hidden", "name": "sort", "value": address.sort]) }
            element(
                "a",
                [
                    "id": "tag-filter", "class": "chip on", "href": base + address.with { $0.tag = "" }.query,
                    "hidden": address.tag.isEmpty.attribute,
                ]
            ) {
                element("span", ["class": "visually-hidden"]) { "Tag " }
                element("span", ["data-part": "tag"]) { address.tag }
                Icon.close
                element("span", ["class": "visually-hidden"]) { ", show all tags" }
            }
            element("button", ["type": "submit", "class": "no-js"]) { "Apply" }
            element("a", ["id": "clear", "class": "quiet button", "href": base, "hidden": (!address.isFiltered).attribute]) { "Clear" }
        }
    }

    private func choice(_ name: String, _ label: String, _ chosen: String, _ options: [(String, String)]) -> HTML {
        element("select", ["name": name, "aria-label": label, "id": name]) {
            element("option", ["value": "", "selected": chosen.isEmpty.attribute]) { "Any \(label.lowercased())" }
            for (value, word) in options { element("option", ["value": value, "selected": (value == chosen).attribute]) { word } }
        }
    }

    var selectionBar: HTML {
        element("div", ["id": "selection", "class": "bar", "role": "region", "aria-label": "Selection", "hidden": ""]) {
            element("strong", ["data-part": "count", "aria-live": "polite"])
            if frame.mayWrite {
                button("add-tags", "Add tags")
                button("remove-tags", "Remove tags")
                button("rerun", "Read again")
                element("button", ["type": "button", "data-act": "delete", "class": "danger"]) { "Delete" }
            }
            element("span", ["class": "grow"])
            button("clear", "Clear selection")
        }
    }

    private func button(_ act: String, _ label: String) -> HTML { element("button", ["type": "button", "data-act": act]) { label } }

    var uploads: HTML {
        element("section", ["id": "uploads", "class": "uploads", "aria-label": "Uploads", "hidden": ""]) {
            element("div", ["class": "uploads-head"]) {
                element("strong", ["data-part": "title", "aria-live": "polite"])
                element("span", ["class": "grow"])
                element(
                    "button",
                    [
                        "type": "button", "class": "quiet icon-only", "data-act": "fold", "aria-label": "List of uploads",
                        "aria-expanded": "true",
                        "aria-controls": "upload-items",
                    ]
                ) { Icon.down }
                element(
                    "button",
                    [
                        "type": "button", "class": "quiet icon-only", "data-act": "close", "aria-label": "Close the list of uploads",
                        "hidden": "",
                    ]
                ) { Icon.close }
            }
            element("p", ["class": "uploads-left", "data-part": "left", "hidden": ""])
            element("div", ["class": "uploads-all", "data-part": "all", "hidden": ""]) {
                element("span") { "For all that are there already:" }
                button("keep_both", "Keep both")
                button("upload_new_version", "New versions")
                button("skip", "Skip")
            }
            element("ul", ["id": "upload-items", "data-part": "items"])
        }
            + element("div", ["id": "drop", "class": "drop", "aria-hidden": "true", "hidden": ""]) {
                element("p") { "Drop to upload" }
            }
    }
}
