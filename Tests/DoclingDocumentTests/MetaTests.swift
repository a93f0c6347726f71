import DoclingDocument
import Testing

@Suite struct MetaTests {
    @Test func `the most confident class is the main one, and the first where none is confident`() {
        var meta = ItemMeta()
        meta.classes = [.init(name: "a"), .init(name: "b", confidence: 0.2), .init(name: "c", confidence: 0.9)]
        #expect(meta.mainClass?.name == "c")
        meta.classes = [.init(name: "a"), .init(name: "b")]
        #expect(meta.mainClass?.name == "a")
        meta.classes = []
        #expect(meta.mainClass == nil && meta.members.isEmpty)
    }

    @Test func `annotations of older schemas count as meta without changing the JSON`() throws {
        var picture = PictureItem(selfRef: "#/pictures/0")
        picture.annotations = [
            Annotation(kind: "description", members: ["text": "first"]), Annotation(kind: "description", members: ["text": "second"]),
            Annotation(kind: "classification", members: ["predicted_classes": [["class_name": "logo", "confidence": 1]]]),
        ]
        #expect(picture.effectiveMeta?.description == "first")
        #expect(picture.effectiveMeta?.mainClass?.name == "logo")
        #expect(picture.meta == nil)
    }

    @Test func `setting a text keeps what else was said`() {
        var meta = ItemMeta(members: ["summary": ["text": "old", "created_by": "model"]])
        meta.summary = "new"
        #expect(meta.members["summary"] == ["text": "new", "created_by": "model"])
        meta.summary = nil
        #expect(meta.members.isEmpty)
    }

    @Test func `the numbers of a chart are a table`() throws {
        let document = try DoclingDocument(json: SharedFiles.fixture("figures.json"))
        #expect(try document.pictures[0].meta?.tabularChart()?.cells.map(\.text) == ["year", "sum", "2024", "7"])
    }
}
