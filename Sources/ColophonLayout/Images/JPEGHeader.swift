/// The header of a JPEG (ITU-T T.81, annex B) and its density (ITU-T T.871, JFIF).
enum JPEGHeader {
    static func frame(in bytes: UnsafeRawBufferPointer) -> ImageFrame? {
        var offset = 2
        var resolution = 0.0
        while let marker = bytes.number(at: offset, bytes: 2), marker >> 8 == 0xFF {
            let kind = marker & 0xFF
            // Fill bytes, and markers without a length.
            if kind == 0xFF || kind == 0x01 || (0xD0...0xD8).contains(kind) {
                offset += kind == 0xFF ? 1 : 2
                continue
            }
            guard kind != 0xD9, kind != 0xDA, let length = bytes.number(at: offset + 2, bytes: 2), length >= 2 else { return nil }
            if kind == 0xE0, bytes.number(at: offset + 4, bytes: 4) == 0x4A46_4946, let unit = bytes.number(at: offset + 11, bytes: 1),
                let dots = bytes.number(at: offset + 12, bytes: 2)
            {
                resolution = unit == 1 ? Double(dots) : unit == 2 ? Double(dots) * 2.54 : 0
            }
            // The start of a frame, in any of its kinds but the tables between them.
            if (0xC0...0xCF).contains(kind), ![0xC4, 0xC8, 0xCC].contains(kind) {
                guard let height = bytes.number(at: offset + 5, bytes: 2), let width = bytes.number(at: offset + 7, bytes: 2) else {
                    return nil
                }
                return ImageFrame(width: width, height: height, resolution: resolution)
            }
            offset += 2 + length
        }
        return nil
    }
}
