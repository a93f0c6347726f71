/// What a person sees where there is nothing to show.
struct ErrorPage {
    var frame: Frame
    var title: String
    var message: String
    /// Names the request in the server's log.
    var requestID: String

    var html: HTML {
        frame.page(title: title, script: nil) {
            element("main", ["id": "main", "class": "error-page"]) {
                element("h1") { title }
                element("p") { message }
                element("p") {
                    element("a", ["href": "/"]) { "To the documents" }
                    " or "
                    element("a", ["href": "/sign-in"]) { "sign in" }
                }
                element("p", ["class": "muted"]) {
                    "Request "
                    element("code") { requestID }
                }
            }
        }
    }
}
