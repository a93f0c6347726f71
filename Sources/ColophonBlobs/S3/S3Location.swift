import ColophonCore
import Foundation

/// Which bucket blobs lie in, and how it is reached: `s3://BUCKET/PREFIX?endpoint=URL&region=NAME&addressing=path|virtual`.
package struct S3Location: Sendable, Equatable {
    /// Where a request names the bucket: in its path, or in its host.
    package enum Addressing: String, Sendable { case path, virtual }

    package let bucket: String
    /// What every key begins with: empty, or components that each end with `/`.
    package let prefix: String
    package let endpoint: S3Endpoint
    package let region: String
    package let addressing: Addressing

    /// Reads the text strictly: what is unknown, repeated or malformed is an error, not a default.
    ///
    /// - Parameter environment: Where `AWS_REGION` and `AWS_DEFAULT_REGION` are looked up when the text names no region.
    /// - Throws: `ColophonError` with code `invalid`; the message names the part that is to blame.
    package init(_ text: String, environment: [String: String] = ProcessInfo.processInfo.environment) throws {
        guard text.hasPrefix("s3://") else { throw Self.invalid("it begins with s3://") }
        guard !text.contains("#") else { throw Self.invalid("it has no fragment") }
        let parts = text.dropFirst(5).split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let place = parts[0].split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard !place[0].contains("@") else { throw Self.invalid("it holds no credentials; they come from the environment") }
        bucket = String(place[0])
        guard Self.isBucketName(bucket) else {
            throw Self.invalid("a bucket's name is 3 to 63 lower-case letters, digits, hyphens and dots")
        }
        prefix = try Self.prefix(place.count > 1 ? String(place[1]) : "")
        let query = try Self.query(parts.count > 1 ? String(parts[1]) : "")

        // An empty variable is one that is not set.
        let environment = environment.filter { !$0.value.isEmpty }
        let region = query["region"] ?? environment["AWS_REGION"] ?? environment["AWS_DEFAULT_REGION"]
        guard let region = region ?? (query["endpoint"] == nil ? nil : "us-east-1") else {
            throw Self.invalid("it names a region, as in ?region=eu-central-1, unless AWS_REGION does")
        }
        guard !region.isEmpty, region.utf8.allSatisfy({ Self.isLowerAlphanumeric($0) || $0 == UInt8(ascii: "-") }) else {
            throw Self.invalid("a region is lower-case letters, digits and hyphens")
        }
        self.region = region
        endpoint = try query["endpoint"].map(S3Endpoint.init) ?? .amazon(region: region)
        switch query["addressing"] {
        case let word?:
            guard let addressing = Addressing(rawValue: word) else { throw Self.invalid("addressing is path or virtual") }
            self.addressing = addressing
        // A certificate for *.s3.REGION.amazonaws.com fits no bucket with a dot; other servers seldom have such names at all.
        case nil: addressing = query["endpoint"] == nil && !bucket.contains(".") ? .virtual : .path
        }
    }

    /// The host that requests go to, as the `Host` header has it.
    var host: String { addressing == .virtual ? "\(bucket).\(endpoint.authority)" : endpoint.authority }

    /// The path of an object, or of the bucket when the key is empty; not encoded.
    func path(to key: String) -> String { addressing == .virtual ? "/\(key)" : "/\(bucket)/\(key)" }

    private static func prefix(_ text: String) throws -> String {
        let trimmed = text.hasSuffix("/") ? String(text.dropLast()) : text
        guard !trimmed.isEmpty else { return "" }
        // One rule for the whole key: a prefix is written as keys are.
        guard BlobKey(listed: trimmed) != nil else {
            throw invalid("a prefix is components of letters, digits, hyphens, underscores and dots, joined by /")
        }
        return trimmed + "/"
    }

    private static func query(_ text: String) throws -> [String: String] {
        var result: [String: String] = [:]
        for item in text.split(separator: "&") {
            let pair = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard ["endpoint", "region", "addressing"].contains(pair[0]) else {
                throw invalid("it knows endpoint, region and addressing, not \(pair[0])")
            }
            guard pair.count == 2, let value = pair[1].removingPercentEncoding, !value.isEmpty else {
                throw invalid("\(pair[0]) has a value")
            }
            guard result.updateValue(value, forKey: pair[0]) == nil else { throw invalid("\(pair[0]) is given once") }
        }
        return result
    }

    /// The rules for general purpose buckets, as far as they keep a name from meaning something else in a host or a path.
    private static func isBucketName(_ name: String) -> Bool {
        guard (3...63).contains(name.utf8.count), let first = name.utf8.first, let last = name.utf8.last else { return false }
        return isLowerAlphanumeric(first) && isLowerAlphanumeric(last) && !name.contains("..")
            && name.utf8.allSatisfy { isLowerAlphanumeric($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
    }

    private static func isLowerAlphanumeric(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    static func invalid(_ rule: String) -> ColophonError {
        ColophonError(.invalid, "The S3 location cannot be used: \(rule). It looks like s3://bucket/prefix?region=eu-central-1.")
    }
}

extension S3Location: CustomStringConvertible {
    /// Bucket and prefix, for an operator's eyes.
    package var description: String { "s3://\(bucket)/\(prefix.dropLast())" }
}
