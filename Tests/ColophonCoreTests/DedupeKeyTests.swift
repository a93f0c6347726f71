import ColophonCore
import Testing

/// The vectors of Docs/dedupe.md: whoever computes keys elsewhere can rely on them.
@Suite struct DedupeKeyTests {
    static let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

    @Test(arguments: [
        ("native", "0.1.0", "{}", "", "f1535ae749e1a274d54609a79900b0615a4c388f21a9102cf9e49363f4f1fe99"),
        ("native", "0.1.0", "{\"ocr\":true}", "", "17a0272188de6a807f212bbb54d6c55454288a1f8b3f5398256f24f7d3cb2b2b"),
        ("native", "0.1.0", "{}", "pt_simon_invoice_v1", "74f9899c041f6e46c64c3cb33f73c0275a5b875e25b8dc415e501afbf6d80024"),
        ("native0", ".1.0", "{}", "", "99a7f03fbbe67b34917b038d829d319fc2c12e9a65e67c7c7073cfa39af14f55"),
    ])
    func `the published vectors hold`(extractor: String, version: String, settings: String, mapping: String, key: String) {
        let made = DedupeKey(sha256: Self.abc, bytes: 3, extractor: extractor, version: version, settings: settings, mapping: mapping)
        #expect(made.rawValue == key)
    }

    @Test func `any other part is other work`() {
        let recipe = RunRecipe(name: "native", version: "0.1.0")
        let other = String(Self.abc.reversed())
        let keys = [
            DedupeKey(sha256: Self.abc, bytes: 3, recipe: recipe), DedupeKey(sha256: other, bytes: 3, recipe: recipe),
            DedupeKey(sha256: Self.abc, bytes: 4, recipe: recipe),
            DedupeKey(sha256: Self.abc, bytes: 3, type: "rechunk", extractor: "native", version: "0.1.0"),
            DedupeKey(sha256: Self.abc, bytes: 3, recipe: RunRecipe(name: "native", version: "0.1.1")),
            DedupeKey(sha256: Self.abc, bytes: 3, recipe: RunRecipe(name: "remote", version: "0.1.0")),
        ]
        #expect(Set(keys).count == keys.count)
    }
}
