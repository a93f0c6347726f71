/// What the models of nodes share when they are read and written.
protocol StoredNode: NodeItem {
    var leftOut: MemberSet { get set }
}

extension StoredNode {
    /// Reads the value of a member that all nodes have.
    ///
    /// A `null` counts as absent for the model and is kept in `extra`, so that writing brings it back.
    ///
    /// - Returns: False when the name is none of theirs; then nothing was read.
    @inline(__always)
    mutating func readNodeMember(_ name: JSONName, from reader: inout JSONReader) throws(DoclingDocumentError) -> Bool {
        if reader.takeNull() {
            extra[name.string] = .null
            return true
        }
        switch name {
        case "self_ref":
            selfRef = try reader.readString()
            leftOut.remove(.selfRef)
        case "parent": parent = try reader.read()
        case "children":
            children = try reader.readArray()
            leftOut.remove(.children)
        case "content_layer":
            contentLayer = try reader.readLabel()
            leftOut.remove(.contentLayer)
        case "meta": meta = try reader.read()
        default: return false
        }
        return true
    }

    func writes(_ member: MemberSet, isDefault: Bool) -> Bool {
        !isDefault || !leftOut.contains(member)
    }

    func writeChildren(to writer: inout JSONWriter, in object: inout JSONWriter.Object) throws(DoclingDocumentError) {
        guard writes(.children, isDefault: children.isEmpty) else { return }
        try writer.member("children", in: &object)
        try writer.write(children)
    }

    func writeContentLayer(to writer: inout JSONWriter, in object: inout JSONWriter.Object) throws(DoclingDocumentError) {
        guard writes(.contentLayer, isDefault: contentLayer == .body) else { return }
        try writer.member("content_layer", in: &object)
        writer.write(contentLayer.rawValue)
    }

    func writeMeta(to writer: inout JSONWriter, in object: inout JSONWriter.Object) throws(DoclingDocumentError) {
        guard let meta else { return }
        try writer.member("meta", in: &object)
        try writer.write(meta)
    }

    func writeParent(to writer: inout JSONWriter, in object: inout JSONWriter.Object) throws(DoclingDocumentError) {
        guard let parent else { return }
        try writer.member("parent", in: &object)
        try writer.write(parent)
    }

    func writeSelfRef(to writer: inout JSONWriter, in object: inout JSONWriter.Object) throws(DoclingDocumentError) {
        try writer.member("self_ref", in: &object)
        writer.write(selfRef)
    }
}

extension StoredNode where Self: DocItem {
    @inline(__always)
    mutating func readDocItemMember(_ name: JSONName, from reader: inout JSONReader) throws(DoclingDocumentError) -> Bool {
        if try readNodeMember(name, from: &reader) { return true }
        switch name {
        case "label":
            label = try reader.readLabel()
            leftOut.remove(.label)
        case "prov":
            prov = try reader.readArray()
            leftOut.remove(.prov)
        case "source":
            source = try reader.readArray()
            leftOut.remove(.source)
        case "comments":
            comments = try reader.readArray()
            leftOut.remove(.comments)
        default: return false
        }
        return true
    }

    func writeComments(to writer: inout JSONWriter, in object: inout JSONWriter.Object) throws(DoclingDocumentError) {
        guard writes(.comments, isDefault: comments.isEmpty) else { return }
        try writer.member("comments", in: &object)
        try writer.write(comments)
    }

    func writeLabel(to writer: inout JSONWriter, in object: inout JSONWriter.Object) throws(DoclingDocumentError) {
        try writer.member("label", in: &object)
        writer.write(label.rawValue)
    }

    func writeProv(to writer: inout JSONWriter, in object: inout JSONWriter.Object) throws(DoclingDocumentError) {
        guard writes(.prov, isDefault: prov.isEmpty) else { return }
        try writer.member("prov", in: &object)
        try writer.write(prov)
    }

    func writeSource(to writer: inout JSONWriter, in object: inout JSONWriter.Object) throws(DoclingDocumentError) {
        guard writes(.source, isDefault: source.isEmpty) else { return }
        try writer.member("source", in: &object)
        try writer.writeElements(source) { (writer, value) throws(DoclingDocumentError) in try writer.write(value) }
    }
}

extension StoredNode where Self: FloatingItem {
    @inline(__always)
    mutating func readFloatingMember(_ name: JSONName, from reader: inout JSONReader) throws(DoclingDocumentError) -> Bool {
        switch name {
        case "captions":
            captions = try reader.readArray()
            leftOut.remove(.captions)
        case "references":
            references = try reader.readArray()
            leftOut.remove(.references)
        case "footnotes":
            footnotes = try reader.readArray()
            leftOut.remove(.footnotes)
        case "image": image = try reader.read()
        default: return false
        }
        return true
    }

    func writeCaptions(to writer: inout JSONWriter, in object: inout JSONWriter.Object) throws(DoclingDocumentError) {
        guard writes(.captions, isDefault: captions.isEmpty) else { return }
        try writer.member("captions", in: &object)
        try writer.write(captions)
    }

    func writeFootnotes(to writer: inout JSONWriter, in object: inout JSONWriter.Object) throws(DoclingDocumentError) {
        guard writes(.footnotes, isDefault: footnotes.isEmpty) else { return }
        try writer.member("footnotes", in: &object)
        try writer.write(footnotes)
    }

    func writeImage(to writer: inout JSONWriter, in object: inout JSONWriter.Object) throws(DoclingDocumentError) {
        guard let image else { return }
        try writer.member("image", in: &object)
        try writer.write(image)
    }

    func writeReferences(to writer: inout JSONWriter, in object: inout JSONWriter.Object) throws(DoclingDocumentError) {
        guard writes(.references, isDefault: references.isEmpty) else { return }
        try writer.member("references", in: &object)
        try writer.write(references)
    }
}
