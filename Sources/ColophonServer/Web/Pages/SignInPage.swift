/// A form for a key. It is sent by the script, as JSON: a plain form's body could be sent here from any other site.
struct SignInPage {
    var frame: Frame
    /// Whether one may go on without.
    var anonymous: Bool

    var html: HTML {
        frame.page(title: "Sign in", script: "sign-in.js") {
            element("main", ["id": "main", "class": "sign-in"]) {
                element("h1") { "Sign in" }
                element("p", ["class": "muted"]) {
                    "With a workspace's key. The one that was made at the first start lies in the server's data folder, in "
                    element("code") { "local.key" }
                    "."
                }
                element("form", ["id": "sign-in", "method": "post", "action": "/sign-in", "class": "js-only"]) {
                    element("label", ["for": "key"]) { "Key" }
                    element(
                        "input",
                        [
                            "id": "key", "name": "key", "type": "password", "required": "", "autocomplete": "current-password",
                            "spellcheck": "false", "autocapitalize": "off", "placeholder": "colophon_…",
                            "aria-describedby": "sign-in-error",
                        ])
                    element("p", ["id": "sign-in-error", "class": "problem", "role": "alert"])
                    element("button", ["type": "submit", "class": "primary"]) { "Sign in" }
                }
                element("p", ["class": "no-js"]) { "Signing in needs a script: the key is not sent by a plain form." }
                if anonymous { element("p") { element("a", ["href": "/"]) { "Go on without signing in" } } }
            }
        }
    }
}
