import ColophonCore
import ColophonMapping
import ColophonTestSupport
import DoclingDocument
import Testing

/// Runs that turn what they read into XML.
extension WorkerTests {
    private var offering: Library { test.library.offering([MappingSummary(name: "total_v1", title: "t", summary: "")], usual: "total_v1") }

    private func mappings() throws -> MappingLibrary {
        var library = MappingLibrary()
        try library.catalogue.add(
            Mapping(
                json: Array(
                    """
                    {"colophon_mapping": 1, "name": "total_v1", "title": "t",
                     "fields": {"total": {"type": "number", "required": true, "title": "total", "find": [{"label": "Total"}]},
                                "day": {"type": "date", "required": true, "title": "day", "find": [{"label": "Day"}]}},
                     "xml": {"element": "t", "content": [{"element": "v", "value": "total", "decimals": 2}]}}
                    """.utf8)))
        return library
    }

    private func extractor(_ words: [String]) -> ScriptedExtractor {
        let placed = words.enumerated().map { index, word in
            PageText.Word(word, left: Float(index) * 40, top: 10, right: Float(index) * 40 + 30, bottom: 20)
        }
        return ScriptedExtractor(pages: [PageText(number: 1, width: 400, height: 400, words: placed)]) { _ in }
    }

    private func text(_ kind: ArtifactKind, _ run: Run) async throws -> String {
        let (_, body) = try await test.library.result(kind, run: run.id, of: run.documentID, in: test.store.scope)
        var bytes: [UInt8] = []
        for try await piece in body { bytes += piece }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func `a run with a mapping keeps the XML, and what it was made from, beside the rest`() async throws {
        let change = SettingsChange(mapping: MappingChoice(name: "total_v1"))
        let id = try await upload(changing: change, library: offering)
        let run = try await work(
            extractor(["Total", "5.5", "Day", "2024-01-31"]), until: .complete, of: id, mappings: try mappings())
        #expect(run.settings.mapping?.name == "total_v1")
        #expect(try await text(.mapped, run) == #"<?xml version="1.0" encoding="utf-8"?><t><v>5.50</v></t>"#)
        #expect(try await text(.fields, run).contains(#""name":"total","places":[{"box":[40,10,70,20],"page":1,"text":"5.5"}]"#))
        #expect(try await !text(.structure, run).isEmpty)
    }

    @Test func `a document that cannot be mapped fails its run with all that it lacks, and nothing is published`() async throws {
        let id = try await upload(changing: SettingsChange(mapping: MappingChoice(name: "total_v1")), library: offering)
        let run = try await work(extractor(["Total", "none"]), until: .failed, of: id, mappings: try mappings())
        #expect(run.failure?.code == .validationError && run.attempt == 1)
        #expect(run.failure?.message == "The total was not found. The day was not found.")
        await #expect(throws: ColophonError.self) { _ = try await text(.structure, run) }
    }

    @Test func `a worker without the mapping says so`() async throws {
        let id = try await upload(changing: SettingsChange(mapping: MappingChoice(name: "total_v1")), library: offering)
        let run = try await work(extractor([]), until: .failed, of: id)
        #expect(run.failure?.code == .invalidMapping)
    }

    @Test func `an unknown mapping is refused before anything is stored`() async throws {
        let error = await #expect(throws: ColophonError.self) {
            _ = try await upload(changing: SettingsChange(mapping: MappingChoice(name: "other_v1")), library: offering)
        }
        #expect(error?.reason == "INVALID_MAPPING" && error?.code == .badRequest)
    }

    @Test func `equal bytes with another mapping are other work`() async throws {
        let plain = try await upload("same")
        let mapped = try await upload("same", changing: SettingsChange(mapping: MappingChoice(name: "total_v1")), library: offering)
        #expect(plain != mapped)
        #expect(try await upload("same", changing: SettingsChange(mapping: MappingChoice(name: "total_v1")), library: offering) == mapped)
    }
}
