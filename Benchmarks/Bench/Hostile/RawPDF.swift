import ColophonLayout

/// A PDF object by object, so that it can say what no honest writer would.
struct RawPDF {
    private var bodies: [[UInt8]] = []
    private let deflater = Deflater.load()

    /// The number that the next object gets.
    var next: Int { bodies.count + 1 }

    @discardableResult
    mutating func add(_ body: String) -> Int { add(bytes: Array(body.utf8)) }

    private mutating func add(bytes: [UInt8]) -> Int {
        bodies.append(bytes)
        return bodies.count
    }

    /// A stream of bytes as they are.
    @discardableResult
    mutating func add(stream: [UInt8], _ entries: String = "") -> Int {
        add(bytes: Array("<<\(entries)/Length \(stream.count)>>stream\n".utf8) + stream + Array("\nendstream".utf8))
    }

    /// A stream that is packed so many times over.
    @discardableResult
    mutating func add(packed bytes: [UInt8], times: Int = 1, _ entries: String = "") -> Int {
        var bytes = bytes
        for _ in 0..<times { bytes = deflater.zlibStream(of: bytes) }
        let filters = String(repeating: "/FlateDecode ", count: times)
        return add(stream: bytes, "/Filter[\(filters)]\(entries)")
    }

    /// One page of 500 by 500 points; the catalog is object 1.
    static func page(_ entries: String, _ more: (inout RawPDF) -> Void = { _ in }) -> [UInt8] {
        var file = RawPDF()
        file.add("<</Type/Catalog/Pages 2 0 R>>")
        file.add("<</Type/Pages/Kids[3 0 R]/Count 1>>")
        file.add("<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 500]\(entries)>>")
        more(&file)
        return file.bytes()
    }

    /// The file, with object 1 as its root.
    func bytes() -> [UInt8] {
        var bytes = Array("%PDF-1.7\n".utf8)
        var offsets: [Int] = []
        for (index, body) in bodies.enumerated() {
            offsets.append(bytes.count)
            bytes += Array("\(index + 1) 0 obj\n".utf8) + body + Array("\nendobj\n".utf8)
        }
        let table = bytes.count
        bytes += Array("xref\n0 \(bodies.count + 1)\n0000000000 65535 f \n".utf8)
        for offset in offsets {
            let digits = String(offset)
            bytes += Array((String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n").utf8)
        }
        return bytes + Array("trailer\n<</Size \(bodies.count + 1)/Root 1 0 R>>\nstartxref\n\(table)\n%%EOF\n".utf8)
    }
}
