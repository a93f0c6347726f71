import ColophonLayout
import ColophonSamples

extension PDFFile {
    private static let deflater = Deflater.load()

    /// Adds a stream that is packed so many times over.
    mutating func add(packed bytes: [UInt8], times: Int = 1, _ entries: String = "") {
        var bytes = bytes
        for _ in 0..<times { bytes = Self.deflater.zlibStream(of: bytes) }
        let filters = String(repeating: "/FlateDecode ", count: times)
        add(stream: bytes, "/Filter[\(filters)]\(entries)")
    }
}
