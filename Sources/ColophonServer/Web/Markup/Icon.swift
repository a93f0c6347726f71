/// The pictures of the page; each stands beside its word, or its control has a label.
enum Icon {
    static let mark = HTML(
        literal: """
            <svg class="mark" viewBox="0 0 24 24" width="22" height="22" aria-hidden="true"><path d="M5 3.5h10.2a3.8 3.8 0 0 1 0 7.6H5z" \
            fill="none" stroke="currentColor" stroke-width="1.8"/><path d="M5 3v18" stroke="currentColor" stroke-width="1.8"/>\
            <circle cx="10" cy="16.5" r="1.4" fill="currentColor"/><circle cx="15" cy="16.5" r="1.4" fill="currentColor"/></svg>
            """)
    static let upload = stroke("M12 16V5m0 0L7.5 9.5M12 5l4.5 4.5M5 19h14")
    static let search = stroke("M10.5 17a6.5 6.5 0 1 1 0-13 6.5 6.5 0 0 1 0 13zm5-1.5L20 20")
    static let pencil = stroke("M5 19l.8-3.6L16 5.2l2.8 2.8L8.6 18.2z")
    static let close = stroke("M6.5 6.5l11 11m0-11l-11 11")
    static let down = stroke("M7 10l5 5 5-5")

    private static func stroke(_ path: String) -> HTML {
        element("svg", ["class": "icon", "viewBox": "0 0 24 24", "width": "18", "height": "18", "aria-hidden": "true"]) {
            element(
                "path",
                [
                    "d": path, "fill": "none", "stroke": "currentColor", "stroke-width": "1.8", "stroke-linecap": "round",
                    "stroke-linejoin": "round",
                ])
        }
    }
}
