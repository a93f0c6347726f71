/// Puts the objects of a PDF together, the catalogue first.
struct PDFFile {
    private var bytes = Array("%PDF-1.4\n".utf8)
    private var offsets: [Int] = []

    /// Adds the next object: their numbers count from 1.
    mutating func add(_ object: String, stream: [UInt8]? = nil) {
        offsets.append(bytes.count)
        bytes += Array("\(offsets.count) 0 obj\(object)".utf8)
        if let stream { bytes += Array("stream\n".utf8) + stream + Array("\nendstream".utf8) }
        bytes += Array("endobj\n".utf8)
    }

    /// The file, with the table of its objects' places.
    func finished() -> [UInt8] {
        let entries = offsets.map { String(repeating: "0", count: 10 - String($0).count) + "\($0) 00000 n \n" }.joined()
        let size = offsets.count + 1
        let end = "trailer<</Size \(size)/Root 1 0 R>>\nstartxref\n\(bytes.count)\n%%EOF\n"
        return bytes + Array("xref\n0 \(size)\n0000000000 65535 f \n\(entries)\(end)".utf8)
    }
}
