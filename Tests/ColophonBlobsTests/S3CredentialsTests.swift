import ColophonBlobs
import ColophonCore
import ColophonTestSupport
import Foundation
import Testing

@Suite struct S3CredentialsTests {
    static let file = """
        # comment
        [default]
        aws_access_key_id = id-of-default
        aws_secret_access_key=secret=with=equals

        ; another
        [ archive ]
        AWS_ACCESS_KEY_ID = id-of-archive
        aws_secret_access_key = secret-of-archive
        aws_session_token = token-of-archive
        [half]
        aws_access_key_id = id-of-half
        """

    private func find(_ environment: [String: String], file: String? = file) throws -> S3Credentials {
        let folder = try TemporaryFolder()
        if let file { try folder.write(file, to: "credentials") }
        return try S3Credentials.find(
            environment: environment.merging(["AWS_SHARED_CREDENTIALS_FILE": "\(folder.path)/credentials"]) { $1 })
    }

    @Test func `the environment comes first`() throws {
        let environment = ["AWS_ACCESS_KEY_ID": "id", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_SESSION_TOKEN": "token"]
        #expect(try find(environment) == S3Credentials(accessKeyID: "id", secretAccessKey: "secret", sessionToken: "token"))
    }

    @Test func `without it the profile of the shared file is taken`() throws {
        #expect(try find([:]) == S3Credentials(accessKeyID: "id-of-default", secretAccessKey: "secret=with=equals"))
        #expect(
            try find(["AWS_PROFILE": "archive"])
                == S3Credentials(accessKeyID: "id-of-archive", secretAccessKey: "secret-of-archive", sessionToken: "token-of-archive"))
    }

    @Test func `a file with the line ends of Windows is read too, and an empty variable is none`() throws {
        let windows = Self.file.replacing("\n", with: "\r\n")
        let empty = ["AWS_PROFILE": "", "AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""]
        for environment in [[:], empty] {
            #expect(
                try find(environment, file: windows)
                    == S3Credentials(accessKeyID: "id-of-default", secretAccessKey: "secret=with=equals"))
        }
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: "\(folder.path)/.aws", withIntermediateDirectories: true)
        try folder.write(windows, to: ".aws/credentials")
        let found = try S3Credentials.find(environment: ["HOME": folder.path, "AWS_SHARED_CREDENTIALS_FILE": ""])
        #expect(found.accessKeyID == "id-of-default")
    }

    @Test func `half of a pair, an unknown profile, a broken file or none at all are errors that show no secret`() throws {
        for (environment, file) in [
            (["AWS_ACCESS_KEY_ID": "id"], Self.file), (["AWS_SECRET_ACCESS_KEY": "hidden"], Self.file),
            (["AWS_PROFILE": "half"], Self.file),
            (["AWS_PROFILE": "none"], Self.file), ([:], "[default]\nhidden"), ([:], "aws_secret_access_key = hidden"), ([:], nil),
        ] as [([String: String], String?)] {
            let error = #expect(throws: ColophonError.self) { try find(environment, file: file) }
            #expect(error?.code == .invalid && error?.message.contains("hidden") == false)
        }
    }

    @Test func `credentials that end up in a log show no secret`() {
        struct Holder { let credentials = S3Credentials(accessKeyID: "id", secretAccessKey: "hidden", sessionToken: "hidden") }
        #expect(!"\(Holder()) \(String(reflecting: Holder()))".contains("hidden"))
    }
}
