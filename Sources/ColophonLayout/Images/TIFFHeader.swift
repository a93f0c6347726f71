/// The directories of a TIFF (TIFF 6.0, sections 2 and 8).
struct TIFFHeader {
    private enum Tag {
        static let width = 256
        static let height = 257
        static let resolution = 282
        static let resolutionUnit = 296
    }

    private let bytes: UnsafeRawBufferPointer
    private let isLittleEndian: Bool
    private static let entryBytes = 12
    private static let entriesMax = 4096

    init?(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.count >= 8 else { return nil }
        self.bytes = bytes
        isLittleEndian = bytes[0] == 0x49
    }

    func frames(max: Int) -> [ImageFrame] {
        var frames: [ImageFrame] = []
        var seen: Set<Int> = []
        var next = number(at: 4, bytes: 4)
        // A directory may name any other as the next one, itself too.
        while let offset = next, offset != 0, frames.count < max, seen.insert(offset).inserted {
            guard let frame = frame(at: offset) else { return frames }
            frames.append(frame)
            next = number(at: offset, bytes: 2).flatMap { number(at: offset + 2 + $0 * Self.entryBytes, bytes: 4) }
        }
        return frames
    }

    private func frame(at offset: Int) -> ImageFrame? {
        guard let count = number(at: offset, bytes: 2), count <= Self.entriesMax else { return nil }
        var width: Int?
        var height: Int?
        var resolution = 0.0
        var unit = 2
        for index in 0..<count {
            let entry = offset + 2 + index * Self.entryBytes
            switch number(at: entry, bytes: 2) {
            case Tag.width: width = value(of: entry)
            case Tag.height: height = value(of: entry)
            case Tag.resolutionUnit: unit = value(of: entry) ?? 2
            case Tag.resolution:
                if let place = number(at: entry + 8, bytes: 4), let above = number(at: place, bytes: 4),
                    let below = number(at: place + 4, bytes: 4), below > 0
                {
                    resolution = Double(above) / Double(below)
                }
            default: break
            }
        }
        guard let width, let height else { return nil }
        return ImageFrame(width: width, height: height, resolution: unit == 2 ? resolution : unit == 3 ? resolution * 2.54 : 0)
    }

    /// A short or long number that stands in the entry itself.
    private func value(of entry: Int) -> Int? {
        switch number(at: entry + 2, bytes: 2) {
        case 3: number(at: entry + 8, bytes: 2)
        case 4: number(at: entry + 8, bytes: 4)
        default: nil
        }
    }

    private func number(at offset: Int, bytes count: Int) -> Int? {
        guard let value = bytes.number(at: offset, bytes: count) else { return nil }
        if !isLittleEndian { return value }
        return (0..<count).reduce(0) { $0 | (value >> (8 * (count - 1 - $1)) & 0xFF) << (8 * $1) }
    }
}
