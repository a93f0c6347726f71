import ColophonSamples
import DoclingDocument
import Foundation
import Testing

@testable import ColophonMapping

/// Mappings' files as people write them, right and wrong.
@Suite struct MappingFileTests {
    private static let good = """
        {
          "colophon_mapping": 1,
          "name": "test_v1",
          "title": "t",
          "settings": {"tin": {"summary": "Its number."}},
          "tables": {"units": {"Kg": "K"}},
          "fields": {
            "a": {"type": "number", "find": [{"label": "A"}]}
          },
          "lists": {"items": {"anchors": ["x"], "columns": {"x": {"heads": ["X"]}}}},
          "compute": [{"field": "b", "value": "a + 1"}],
          "checks": [{"that": "b > 0", "message": "{b}"}],
          "xml": {"element": "r"}
        }
        """

    private func mistake(in text: String) -> MappingFileError? {
        do throws(MappingFileError) {
            _ = try Mapping(json: Array(text.utf8))
            return nil
        } catch { return error }
    }

    @Test func `the built-in ones and a small one can be read`() {
        #expect(mistake(in: Self.good) == nil)
        #expect(MappingCatalogue.builtIn.mappings.map(\.name) == ["invoice_generic_v1", "pt_simon_invoice_v1"])
    }

    @Test(
        arguments: [
            ("\"title\": \"t\",", "\"title\": \"t\"", 5, "A comma or the end of an object is missing."),
            ("\"title\": \"t\",", "", 1, "\"title\" is missing."),
            ("\"test_v1\"", "\"Test\"", 3, "\"name\" must be of small letters"),
            ("\"test_v1\"", "\"test_v01\"", 3, "\"name\" must be of small letters"),
            ("\"type\": \"number\"", "\"typ\": \"number\"", 8, "\"typ\" means nothing in a field"),
            ("\"type\": \"number\"", "\"type\": \"money\"", 8, "\"type\" must be one of text, identifier, number, date."),
            ("{\"label\": \"A\"}", "{\"label\": \"A\", \"literal\": \"b\"}", 8, "A way to find a field has one of"),
            ("{\"label\": \"A\"}", "{\"pattern\": \"(a\"}", 8, "The pattern cannot be read: A parenthesis is not closed."),
            ("{\"label\": \"A\"}", "{\"setting\": \"none\"}", 1, "The field a takes the setting \"none\", which is not declared."),
            ("[\"x\"], \"columns\"", "[\"y\"], \"columns\"", 10, "There is no column \"y\"."),
            ("a + 1", "a + c", 11, "Nothing is called \"c\" here."),
            ("a + 1", "a +", 11, "The calculation \"a +\" lacks a value before \"\"."),
            ("a + 1", "power(a, 2)", 11, "The calculation \"power(a, 2)\" calls \"power\""),
            ("a + 1", "lookup('none', a)", 11, "There is no table \"none\"."),
            ("a + 1", "item.x", 11, "Nothing is called \"item.x\" here."),
            ("b > 0", "b >", 12, "The calculation \"b >\" lacks a value"),
            ("{b}", "{b", 12, "A brace is not closed."),
            ("\"element\": \"r\"", "\"element\": \"1r\"", 13, "\"1r\" is no element's name."),
            (
                "\"element\": \"r\"", "\"element\": \"r\", \"each\": \"items\"", 13,
                "There is no list \"items\", or the root is to be repeated."
            ),
            ("\"colophon_mapping\": 1", "\"colophon_mapping\": 2", 1, "\"colophon_mapping\" must be 1"),
        ])
    func `a mistake is told with its line`(part: String, other: String, line: Int, reason: String) throws {
        let error = try #require(mistake(in: Self.good.replacing(part, with: other)))
        #expect(error.line == line && error.reason.hasPrefix(reason), "\(error)")
    }

    @Test func `settings are checked against what mappings ask for`() throws {
        let good = #"{"pt_simon_invoice_v1": {"settings": {"seller_tin": "0099000000000099"}, "tables": {"units": {"Gros": "UM.0033"}}}}"#
        let settings = try MappingSettings.read(Array(good.utf8), for: .builtIn)["pt_simon_invoice_v1"]
        #expect(settings?.values["seller_tin"] == "0099000000000099" && settings?.tables["units"] == ["Gros": "UM.0033"])
        for (part, other) in [
            ("simon", "other"), ("seller_tin", "tin"), ("\"units\"", "\"colours\""), ("0099000000000099", "12"), ("\"UM.0033\"", "3"),
        ] {
            #expect(throws: MappingFileError.self) {
                _ = try MappingSettings.read(Array(good.replacing(part, with: other).utf8), for: .builtIn)
            }
        }
    }

    /// Whatever an editor's slip makes of a file, it is read or refused.
    @Test func `a spoilt file never traps, nor does what is still a mapping when it is used`() {
        let sheet = Sheet("A: 5   Total 3\nX   Y\n1   2\nTotal 4")
        var generator = SplitMix64(seed: 3)
        let files = [Self.good] + ["invoice_generic_v1", "pt_simon_invoice_v1"].map(Self.builtIn)
        var used = 0
        for round in 0..<600 {
            var bytes = Array(files[round % files.count].utf8)
            for _ in 0..<(1 + generator.next() % 4) {
                let index = Int(generator.next() % UInt64(bytes.count))
                switch generator.next() % 4 {
                case 0: bytes[index] = UInt8(truncatingIfNeeded: generator.next())
                case 1: bytes.remove(at: index)
                case 2: bytes.insert(Array("{}[]\",:0().+*|\\".utf8)[Int(generator.next() % 15)], at: index)
                default: bytes.removeSubrange(index..<min(bytes.count, index + Int(generator.next() % 30)))
                }
            }
            guard let mapping = try? Mapping(json: bytes) else { continue }
            used += 1
            _ = sheet.mapped(by: mapping)
        }
        #expect(used > 50)
    }

    private static func builtIn(_ name: String) -> String {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../Sources/ColophonMapping/Resources/\(name).json").path
        return String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    }

    /// Words of any kind anywhere, as hostile documents have them.
    @Test func `whatever a page says, mapping it ends and never traps`() throws {
        let words = [
            "Total", "Invoice", "No:", "Amount", "Qty", "Description", "Unit", "Price", "1.234,56", "-", "(", "5/5/2025", "Bill", "to", "%",
            "€", "Rp", "\u{202E}", "é",
            "99999999999999999999", "1e9", "Subtotal", ":", "VAT", "::", "30.02.2025", "NaN", "0",
        ]
        var generator = SplitMix64(seed: 11)
        let mappings = MappingCatalogue.builtIn.mappings
        for round in 0..<120 {
            let count = Int(generator.next() % 200)
            let placed = (0..<count).map { _ in
                let (left, top) = (Float(generator.next() % 700) - 50, Float(generator.next() % 900) - 50)
                let (width, height) = (Float(generator.next() % 90) - 5, Float(generator.next() % 30) - 3)
                return PageText.Word(
                    words[Int(generator.next() % UInt64(words.count))], left: left, top: top, right: left + width, bottom: top + height)
            }
            let page = PageText(number: 1, width: 600, height: 800, turns: round % 4, words: placed)
            let mapped = mappings[round % 2].map(MappingSource(pages: [page, page], invoice: round % 3 == 0 ? Array("<a><b/>".utf8) : nil))
            #expect((mapped.xml == nil) == !mapped.problems.isEmpty)
        }
    }

    /// More words than are looked at, all where they do most harm: what is not bounded takes hours here.
    @Test(.timeLimit(.minutes(2)), arguments: [0, 1, 2])
    func `pages full of words are mapped in bounded time, and said to be too large`(shape: Int) {
        let texts = ["Total", "Invoice", "No", "Amount", "Quantity", "1,00", "Description", "aaaaaaaaaaaaaaaaaaaa"]
        let pages = [1].map { number in
            PageText(
                number: number, width: 600, height: 800,
                words: (0..<21_000).map { index in
                    let (left, top): (Float, Float) =
                        switch shape {
                        // All in one row; each a little lower than the one before; a grid.
                        case 0: (Float(index), 10)
                        case 1: (Float(index % 7), Float(index) * 0.04)
                        default: (Float(index % 100) * 6, Float(index / 100) * 4)
                        }
                    return PageText.Word(texts[index % texts.count], left: left, top: top, right: left + 5, bottom: top + 9)
                })
        }
        for mapping in MappingCatalogue.builtIn.mappings {
            let mapped = mapping.map(MappingSource(pages: pages))
            #expect(mapped.xml == nil && mapped.problems.contains { $0.code == .tooLarge })
        }
    }
}
