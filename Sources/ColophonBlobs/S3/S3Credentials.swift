import ColophonCore
import Foundation

/// Who requests are signed as.
package struct S3Credentials: Sendable, Equatable {
    package let accessKeyID: String
    package let secretAccessKey: String
    /// Goes with temporary keys, which expire.
    package let sessionToken: String?

    package init(accessKeyID: String, secretAccessKey: String, sessionToken: String? = nil) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
    }

    /// Takes them where the AWS tools do: from the environment, or else from the profile of the shared credentials file.
    ///
    /// - Throws: `ColophonError` with code `invalid` when there are none, or half of them.
    package static func find(environment: [String: String] = ProcessInfo.processInfo.environment) throws -> S3Credentials {
        // An empty variable is one that is not set.
        let environment = environment.filter { !$0.value.isEmpty }
        let (id, secret) = (environment["AWS_ACCESS_KEY_ID"], environment["AWS_SECRET_ACCESS_KEY"])
        if let id, let secret {
            return S3Credentials(accessKeyID: id, secretAccessKey: secret, sessionToken: environment["AWS_SESSION_TOKEN"])
        }
        guard id == nil && secret == nil else {
            throw ColophonError(.invalid, "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are set together; only one of them is.")
        }
        let path = environment["AWS_SHARED_CREDENTIALS_FILE"] ?? (environment["HOME"] ?? NSHomeDirectory()) + "/.aws/credentials"
        let profile = environment["AWS_PROFILE"] ?? "default"
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw ColophonError(
                .invalid,
                "No credentials for S3: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or write them to \(path).")
        }
        guard let found = try SharedCredentials(text).profiles[profile] else {
            throw ColophonError(.invalid, "\(path) has no profile \(profile) with aws_access_key_id and aws_secret_access_key.")
        }
        return found
    }
}

extension S3Credentials: CustomStringConvertible, CustomDebugStringConvertible {
    /// Without the secrets: values end up in logs.
    package var description: String { "S3Credentials(\(accessKeyID))" }
    package var debugDescription: String { description }
}
