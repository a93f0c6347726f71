import ArgumentParser
import ColophonBlobs
import ColophonCore
import Foundation

/// Where bytes are kept: in the data folder, unless an S3 bucket is named.
struct BlobOptions: ParsableArguments {
    @Option(
        name: .customLong("blobs"),
        help: "A bucket for all bytes, s3://BUCKET/PREFIX?endpoint=…&region=…&addressing=… (COLOPHON_BLOBS; default the data folder).")
    var text: String?

    /// A location that cannot be meant is found before anything is made or opened.
    func validate() throws { _ = try location() }

    /// Calls `body` with the store that was named; nil stands for the data folder. Its connections are closed however `body` ends.
    ///
    /// - Parameter scratch: A folder for copies that readers map; it need not exist yet.
    func withStore<Result>(scratch: String, _ body: ((any BlobStore)?) async throws -> Result) async throws -> Result {
        guard let location = try location() else { return try await body(nil) }
        let credentials = try S3Credentials.find()
        return try await S3BlobStore.withClient { http in
            try await body(S3BlobStore(location: location, credentials: credentials, http: http, scratch: scratch))
        }
    }

    /// What to call the place, for an operator.
    func name(in data: DataFolder) -> String { (try? location())?.description ?? "\(data.path)/blobs" }

    private func location() throws -> S3Location? {
        guard let text = text ?? ProcessInfo.processInfo.environment["COLOPHON_BLOBS"] else { return nil }
        do {
            return try S3Location(text)
        } catch let error as ColophonError {
            throw ValidationError("--blobs (COLOPHON_BLOBS): \(error.message)")
        }
    }
}
