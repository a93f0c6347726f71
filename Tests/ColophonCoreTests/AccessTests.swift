import ColophonCore
import Testing

@Suite struct AccessTests {
    @Test func `a key is read back from its text, and matches only its own hash`() throws {
        let (key, other) = (APIKey.make(), APIKey.make())
        let read = try #require(APIKey(text: key.text))
        #expect(read.id == key.id && read.matches(key.hash) && !read.matches(other.hash) && !read.matches([]))
        #expect(key.hash.count == 32)
    }

    @Test(arguments: [
        "", "colophon", "colophon__", "colophon_0123456789abcdef_short", "other_0123456789abcdef_" + String(repeating: "a", count: 43),
        String(repeating: "colophon_", count: 100),
    ])
    func `what cannot be a key is refused before anything is looked up`(text: String) {
        #expect(APIKey(text: text) == nil)
    }

    /// Computed with another implementation of SHA-256 over `w:v:docling.extract:native:1` and the same with `:r`.
    @Test func `the idempotency key of an extraction is the published one`() {
        let (workspace, version) = (WorkspaceID(rawValue: "w"), VersionID(rawValue: "v"))
        func key(_ run: RunID?) -> String {
            IdempotencyKey.extract(workspace: workspace, version: version, extractor: "native", extractorVersion: "1", repeatedBy: run)
        }
        #expect(key(nil) == "c3fbfeadfa483951e5cc6215bf588c57578a5e968dc7b2ccee890d3a03201064")
        #expect(key(RunID(rawValue: "r")) == "cff87d34120043a9abb4aed000319349b583d038685e75ed09a372d92455197b")
    }
}
