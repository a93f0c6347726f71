import ColophonAPI

/// A run's status as the page says it; the word alone tells it, the colour only helps.
struct StatusWord: Equatable {
    /// As style sheet and script know it.
    var key: String
    var label: String

    static let choices: [StatusWord] = ["queued", "running", "succeeded", "failed", "cancelled", nil].map { StatusWord($0) }

    /// - Parameter status: In the words of the document list; nil while a run waits to be started.
    init(_ status: String?) {
        key = status ?? "waiting"
        label =
            switch status {
            case "queued": "Queued"
            case "running": "Running"
            case "succeeded": "Complete"
            case "failed": "Failed"
            case "cancelled": "Cancelled"
            case nil: "Not started"
            case let other?: other
            }
    }

    var badge: HTML { element("span", ["class": "badge", "data-part": "status", "data-status": key]) { label } }
}
