/// A range of characters of an item's text, in Unicode scalars from 0; `end` is not part of it.
///
/// Not a `Range`, because a document may hold an end before its start.
public struct CharSpan: Hashable, Sendable {
    public var start: Int
    public var end: Int

    public init(_ start: Int, _ end: Int) {
        self.start = start
        self.end = end
    }
}

extension CharSpan: JSONReadable, JSONWritable {
    init(from reader: inout JSONReader) throws(DoclingDocumentError) {
        var bounds = (0, 0)
        var count = 0
        try reader.readElements { (reader) throws(DoclingDocumentError) in
            let bound = try reader.readInt()
            if count == 0 { bounds.0 = bound } else { bounds.1 = bound }
            count += 1
            guard count <= 2 else { throw reader.unexpected("a character span has two bounds") }
        }
        guard count == 2 else { throw reader.unexpected("a character span has two bounds") }
        self.init(bounds.0, bounds.1)
    }

    func write(to writer: inout JSONWriter) throws(DoclingDocumentError) {
        try writer.writeElements([start, end]) { (writer, bound) throws(DoclingDocumentError) in writer.write(bound) }
    }
}
