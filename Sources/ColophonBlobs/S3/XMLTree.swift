/// An element of an XML answer with what lies in it: as much of XML as S3 uses, read strictly.
///
/// No document types, hence no entities but the five of XML itself and numbered ones: nothing can grow while it is read.
struct XMLTree: Equatable, Sendable {
    var name: String
    /// The text right in the element, in one piece.
    var text = ""
    var children: [XMLTree] = []

    /// The first child of a name.
    subscript(name: String) -> XMLTree? { children.first { $0.name == name } }

    func all(_ name: String) -> [XMLTree] { children.filter { $0.name == name } }

    /// What is wrong, and at which byte.
    struct Malformed: Error, Equatable {
        var what: String
        var offset: Int
    }

    /// Reads a document; attributes, comments and instructions are passed over.
    ///
    /// - Parameter depthMax: Deeper nesting is an error; S3 needs five levels.
    init(_ bytes: some Sequence<UInt8>, depthMax: Int = 16) throws(Malformed) {
        var reader = XMLReader(bytes: Array(bytes), depthMax: depthMax)
        self = try reader.document()
    }

    init(name: String) { self.name = name }
}
