/// Tells the files of images apart and reads their headers; what they show is another's to read.
package enum ImageFile: Equatable {
    case png, jpeg, tiff

    /// Nil for anything else.
    package init?(_ bytes: UnsafeRawBufferPointer) {
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            self = .png
        } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if bytes.starts(with: [0x49, 0x49, 0x2A, 0x00]) || bytes.starts(with: [0x4D, 0x4D, 0x00, 0x2A]) {
            self = .tiff
        } else {
            return nil
        }
    }

    /// - Parameter framesMax: No more are looked for.
    /// - Returns: The images in order; none when the header is damaged. Sizes are at least 1.
    /// - Complexity: O(parts of the file before its first pixel), or of a TIFF's directories.
    package func frames(in bytes: UnsafeRawBufferPointer, framesMax: Int) -> [ImageFrame] {
        let frames =
            switch self {
            case .png: PNGHeader.frame(in: bytes).map { [$0] } ?? []
            case .jpeg: JPEGHeader.frame(in: bytes).map { [$0] } ?? []
            case .tiff: TIFFHeader(bytes)?.frames(max: framesMax) ?? []
            }
        return frames.allSatisfy { $0.width > 0 && $0.height > 0 } ? frames : []
    }
}

extension UnsafeRawBufferPointer {
    /// A number of so many bytes, most significant first; nil beyond the end.
    func number(at offset: Int, bytes count: Int) -> Int? {
        guard offset >= 0, offset <= self.count - count else { return nil }
        return (0..<count).reduce(0) { $0 << 8 | Int(self[offset + $1]) }
    }
}
