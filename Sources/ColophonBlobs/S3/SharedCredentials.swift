import ColophonCore
import Foundation

/// The file that the AWS tools share: `[profile]` lines with `name = value` lines below them, `#` and `;` before comments.
struct SharedCredentials {
    private(set) var profiles: [String: S3Credentials] = [:]

    /// - Throws: `ColophonError` with code `invalid` for a line that is none of these.
    init(_ text: String) throws {
        var settings: [String: [String: String]] = [:]
        var profile: String?
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let line = line.trimmingCharacters(in: .whitespacesAndNewlines)
            if line.isEmpty || line.hasPrefix("#") || line.hasPrefix(";") { continue }
            if line.hasPrefix("["), line.hasSuffix("]") {
                profile = line.dropFirst().dropLast().trimmingCharacters(in: .whitespaces)
            } else if let profile, let equals = line.firstIndex(of: "=") {
                let name = line[..<equals].trimmingCharacters(in: .whitespaces).lowercased()
                settings[profile, default: [:]][name] = line[line.index(after: equals)...].trimmingCharacters(in: .whitespaces)
            } else {
                // The line itself is not shown: it may hold a secret.
                throw ColophonError(.invalid, "Line \(index + 1) of the shared credentials file cannot be understood.")
            }
        }
        for (profile, values) in settings {
            guard let id = values["aws_access_key_id"], let secret = values["aws_secret_access_key"] else { continue }
            profiles[profile] = S3Credentials(accessKeyID: id, secretAccessKey: secret, sessionToken: values["aws_session_token"])
        }
    }
}
