/// Writes a PDF of one page with a structure tree (ISO 32000-1, 14.7).
struct TaggedPDF {
    /// An element with its type, its attributes as they are written, and its content in order.
    indirect enum Node {
        case element(String, attributes: String = "", [Node])
        /// Text on the page that belongs to the element around it: where its baseline begins, its size, its font.
        case text(String, x: Double, y: Double, size: Double = 10, font: String = "F1")
        /// The same, drawn before all that was written so far.
        case early(String, x: Double, y: Double)
    }

    /// Text that is no content, and text that belongs to nothing.
    var artifacts: [(text: String, x: Double, y: Double)] = []
    var loose: [(text: String, x: Double, y: Double)] = []
    var tree: [Node] = []

    func bytes() -> [UInt8] {
        var writer = Writer()
        let kids = tree.map { writer.add($0, parent: 4) }
        var content = writer.early + writer.content
        for text in artifacts { content += "/Artifact <</Type/Pagination>> BDC \(Writer.show(text.text, text.x, text.y, 10, "F1")) EMC\n" }
        for text in loose { content += Writer.show(text.text, text.x, text.y, 10, "F1") + "\n" }
        let parents = writer.parents.map { "\($0) 0 R" }.joined(separator: " ")
        var objects = [
            1: "<</Type/Catalog/Pages 2 0 R/MarkInfo<</Marked true>>/StructTreeRoot 4 0 R>>", 2: "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            3: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/StructParents 0/Contents 5 0 R/Resources<</Font<</F1 6 0 R/F2 7 0 R>>>>>>",
            4: "<</Type/StructTreeRoot/K[\(kids.joined(separator: " "))]/ParentTree<</Nums[0[\(parents)]]>>>>",
            5: "<</Length \(content.utf8.count)>>stream\n\(content)\nendstream", 6: "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            7: "<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold>>",
        ]
        objects.merge(writer.objects) { first, _ in first }
        // Without a table of places: readers look for the objects themselves then.
        let body = objects.sorted { $0.key < $1.key }.map { "\($0.key) 0 obj\($0.value)endobj\n" }.joined()
        return Array("%PDF-1.7\n\(body)trailer<</Root 1 0 R/Size \(objects.count + 1)>>\n%%EOF\n".utf8)
    }

    private struct Writer {
        var objects: [Int: String] = [:]
        var content = ""
        var early = ""
        /// The element of each piece of marked content.
        var parents: [Int] = []
        private var next = 8

        static func show(_ text: String, _ x: Double, _ y: Double, _ size: Double, _ font: String) -> String {
            "BT /\(font) \(size) Tf 1 0 0 1 \(x) \(y) Tm (\(text)) Tj ET"
        }

        mutating func add(_ node: Node, parent: Int) -> String {
            switch node {
            case .text(let text, let x, let y, let size, let font):
                parents.append(parent)
                content += "/Span <</MCID \(parents.count - 1)>> BDC \(Self.show(text, x, y, size, font)) EMC\n"
                return "\(parents.count - 1)"
            case .early(let text, let x, let y):
                parents.append(parent)
                early += "/Span <</MCID \(parents.count - 1)>> BDC \(Self.show(text, x, y, 10, "F1")) EMC\n"
                return "\(parents.count - 1)"
            case .element(let type, let attributes, let nodes):
                let number = next
                next += 1
                let kids = nodes.map { add($0, parent: number) }.joined(separator: " ")
                let own = attributes.isEmpty ? "" : "/A<</O/Table\(attributes)>>"
                objects[number] = "<</Type/StructElem/S/\(type)/P \(parent) 0 R/Pg 3 0 R\(own)/K[\(kids)]>>"
                return "\(number) 0 R"
            }
        }
    }
}
