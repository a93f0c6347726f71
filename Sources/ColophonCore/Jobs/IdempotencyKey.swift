import Crypto

/// Keeps one piece of work from being queued twice: unique among live jobs.
package enum IdempotencyKey {
    /// The key of an extraction: SHA-256 of `workspace:version:type:extractor:extractor version` in lower-case hexadecimal.
    ///
    /// - Parameter run: Given for a deliberate repetition, which the plain key would swallow; appended as a sixth part.
    package static func extract(
        workspace: WorkspaceID, version: VersionID, extractor: String, extractorVersion: String, repeatedBy run: RunID? = nil
    ) -> String {
        var parts = [workspace.rawValue, version.rawValue, JobType.extract, extractor, extractorVersion]
        if let run { parts.append(run.rawValue) }
        return Hex.encode(SHA256.hash(data: Array(parts.joined(separator: ":").utf8)))
    }
}

package enum JobType {
    package static let extract = "docling.extract"
}

package enum Hex {
    /// Two lower-case digits a byte.
    package static func encode(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(2 * bytes.underestimatedCount)
        for byte in bytes {
            text.append(digit(byte >> 4))
            text.append(digit(byte & 15))
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") - 10 + value }

    /// The bytes that were encoded, in either case; nil when it is not hexadecimal.
    package static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        let digits = text.map { Character(Unicode.Scalar($0)).hexDigitValue }
        guard digits.count % 2 == 0, !digits.contains(nil) else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { UInt8((digits[$0] ?? 0) << 4 | (digits[$0 + 1] ?? 0)) }
    }
}
