import ColophonAPI

/// A document's runs, newest first.
struct RunTable {
    var runs: [RunOut]
    /// The document's page.
    var own: String

    var html: HTML {
        element("div", ["class": "table"]) {
            element("table", ["class": "runs"]) {
                element("caption", ["class": "visually-hidden"]) { "Runs, newest first" }
                element("thead") {
                    element("tr") {
                        for title in ["Run", "Status", "Pages", "Started", "Took"] { element("th", ["scope": "col"]) { title } }
                        element("td", ["class": "js-only"])
                    }
                }
                element("tbody", ["data-part": "runs"]) { for run in runs { row(run) } }
            }
        }
    }

    private func row(_ run: RunOut) -> HTML {
        element("tr", ["data-run": run.id]) {
            element("th", ["scope": "row"]) {
                if run.status == "succeeded" {
                    element("a", ["href": "\(own)?run=\(PercentEncoding.encode(run.id))"]) { "#\(run.number)" }
                } else {
                    "#\(run.number)"
                }
            }
            element("td") {
                StatusWord(run.status).badge
                if let message = run.errorMessage, run.status == "failed" { element("p", ["class": "why"]) { message } }
            }
            element("td", ["class": "num"]) { run.pagesTotal.map { "\(run.pagesCompleted) of \($0)" } ?? "–" }
            element("td") { Figures.time(run.startedAt) }
            element("td") { "–" }
            element("td", ["class": "js-only"])
        }
    }
}
