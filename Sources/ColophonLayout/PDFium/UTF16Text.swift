/// Reads short texts out of PDFium, which writes them as UTF-16 with a zero behind.
enum UTF16Text {
    /// - Parameters:
    ///   - max: Of units; longer texts are none.
    ///   - body: Given a place, its length in bytes and where to write how many bytes the text takes; false where there is none.
    static func read(max: Int, _ body: (UnsafeMutableRawPointer?, UInt, UnsafeMutablePointer<UInt>?) -> Bool) -> [UInt16] {
        withUnsafeTemporaryAllocation(of: UInt16.self, capacity: max) { buffer in
            var bytes: UInt = 0
            guard body(UnsafeMutableRawPointer(buffer.baseAddress), UInt(max * 2), &bytes), bytes >= 2, bytes <= UInt(max * 2) else {
                return []
            }
            return Array(buffer[0..<(Int(bytes) / 2 - 1)])
        }
    }
}
