/// Puts the objects of a PDF together, the catalogue first; says what it is told to, also what no honest writer would.
package struct PDFFile {
    private var bytes = Array("%PDF-1.7\n".utf8)
    private var offsets: [Int] = []

    package init() {}

    /// The number that the next object gets; they count from 1.
    package var next: Int { offsets.count + 1 }

    /// Adds an object.
    package mutating func add(_ object: String) { add(bytes: Array(object.utf8)) }

    /// Adds a stream of bytes as they are.
    ///
    /// - Parameter entries: What its dictionary holds beside the length.
    package mutating func add(stream: [UInt8], _ entries: String = "") {
        add(bytes: Array("<<\(entries)/Length \(stream.count)>>stream\n".utf8) + stream + Array("\nendstream".utf8))
    }

    private mutating func add(bytes object: [UInt8]) {
        offsets.append(bytes.count)
        bytes += Array("\(offsets.count) 0 obj\n".utf8) + object + Array("\nendobj\n".utf8)
    }

    /// One page of 500 by 500 points.
    ///
    /// - Parameters:
    ///   - entries: What the page's dictionary holds beside its size.
    ///   - more: Adds objects; the first is number 4.
    package static func page(_ entries: String, _ more: (inout PDFFile) -> Void = { _ in }) -> [UInt8] {
        var file = PDFFile()
        file.add("<</Type/Catalog/Pages 2 0 R>>")
        file.add("<</Type/Pages/Kids[3 0 R]/Count 1>>")
        file.add("<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 500]\(entries)>>")
        more(&file)
        return file.finished()
    }

    /// The file, with the table of its objects' places.
    package func finished() -> [UInt8] {
        let entries = offsets.map { String(repeating: "0", count: 10 - String($0).count) + "\($0) 00000 n \n" }.joined()
        let size = offsets.count + 1
        let end = "trailer<</Size \(size)/Root 1 0 R>>\nstartxref\n\(bytes.count)\n%%EOF\n"
        return bytes + Array("xref\n0 \(size)\n0000000000 65535 f \n\(entries)\(end)".utf8)
    }
}
