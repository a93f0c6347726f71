import Crypto

/// Names a piece of work: two runs with one key read equal bytes in the same way, so that the result of one is the result of both.
///
/// Unique in its workspace among the runs that hold one; never compared across workspaces, which would tell who has which file.
package struct DedupeKey: Hashable, Sendable {
    /// 64 lower-case hexadecimal digits.
    package let rawValue: String

    /// SHA-256 over the parts, in the order of the parameters, each as `length:bytes,` with its length in bytes as decimal digits:
    /// no part can run into the next.
    ///
    /// - Parameters:
    ///   - sha256: Of the bytes, lower-case hexadecimal.
    ///   - bytes: How many they are.
    ///   - type: What the run does, as its row says it.
    ///   - extractor: Its name.
    ///   - version: The extractor's.
    ///   - settings: The run's settings as its row holds them: JSON with sorted keys and without spaces.
    ///   - mapping: The mapping's versioned name; empty for none.
    package init(
        sha256: String, bytes: Int64, type: String = "extract", extractor: String, version: String, settings: String = "{}",
        mapping: String = ""
    ) {
        let parts = [sha256, String(bytes), type, extractor, version, settings, mapping]
        let text = parts.map { "\($0.utf8.count):\($0)," }.joined()
        rawValue = Hex.encode(SHA256.hash(data: Array(text.utf8)))
    }

    package init(sha256: String, bytes: Int64, recipe: RunRecipe) {
        self.init(
            sha256: sha256, bytes: bytes, extractor: recipe.name, version: recipe.version, settings: recipe.settings.json)
    }
}
