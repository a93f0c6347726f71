/// What somebody shows to be let in, as it was sent. Whatever prints or logs one prints none of it.
package enum Credential: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    /// A key's text.
    case key(String)
    /// A session cookie's value.
    case session(String)

    package var description: String {
        switch self {
        case .key: "a key"
        case .session: "a session"
        }
    }

    package var debugDescription: String { description }
}
