/// Judges what a child sends as a page's image: only what our own writer makes is passed on to browsers, which read much more.
enum DrawnPNG {
    private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    /// Whether these bytes are a PNG of eight bits a channel, grey or coloured, within a size in pixels, of an `IHDR`, one or more `IDAT` and an
    /// `IEND`, with nothing between or behind. What the pixels are is not looked at.
    ///
    /// - Complexity: O(chunks).
    static func isOne(_ bytes: [UInt8], widthMax: Int, pixelsMax: Int) -> Bool {
        guard bytes.starts(with: signature) else { return false }
        var chunks = Chunks(bytes: bytes, offset: signature.count)
        guard let header = chunks.next(), header.type.elementsEqual("IHDR".utf8), header.data.count == 13 else { return false }
        let width = number(header.data.prefix(4))
        let height = number(header.data.dropFirst(4).prefix(4))
        let form = Array(header.data.dropFirst(8))
        // The height is below 2³² and the width is bounded, so that the product cannot overflow.
        guard (1...widthMax).contains(width), height >= 1, width * height <= pixelsMax, [[8, 0, 0, 0, 0], [8, 2, 0, 0, 0]].contains(form)
        else { return false }
        var hasPixels = false
        while let chunk = chunks.next() {
            if chunk.type.elementsEqual("IEND".utf8) { return hasPixels && chunk.data.isEmpty && chunks.isAtEnd }
            guard chunk.type.elementsEqual("IDAT".utf8) else { return false }
            hasPixels = true
        }
        return false
    }

    private struct Chunks: IteratorProtocol {
        let bytes: [UInt8]
        var offset: Int

        var isAtEnd: Bool { offset == bytes.count }

        /// Nil when there is no whole chunk any more.
        mutating func next() -> (type: ArraySlice<UInt8>, data: ArraySlice<UInt8>)? {
            // Length and type before the data, the check sum behind.
            guard bytes.count - offset >= 12 else { return nil }
            let length = DrawnPNG.number(bytes[offset..<(offset + 4)])
            guard bytes.count - offset - 12 >= length else { return nil }
            let start = offset + 8
            defer { offset = start + length + 4 }
            return (bytes[(offset + 4)..<start], bytes[start..<(start + length)])
        }
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }
}
