/// Pages of several kinds, whose people, companies and figures are invented: the same bytes each time.
package enum SamplePages {
    /// Each page as a PDF of its own.
    package static var all: [(name: String, pdf: [UInt8])] {
        canvases.map { ($0.name, $0.canvas.pdf()) }
    }

    /// The same pages, for who wants to draw on them.
    package static var canvases: [(name: String, canvas: PageCanvas)] {
        [
            ("article", article), ("invoice", invoice), ("report", report), ("figures", figures), ("contents", contents),
            ("listing", listing),
        ]
    }
}
