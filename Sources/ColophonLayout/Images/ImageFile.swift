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

/// The header of a PNG (ISO/IEC 15948, 11.2.2 and 11.3.4.3).
enum PNGHeader {
    private static let inchesPerMetre = 39.3701

    static func frame(in bytes: UnsafeRawBufferPointer) -> ImageFrame? {
        guard bytes.number(at: 12, bytes: 4) == name("IHDR"), let width = bytes.number(at: 16, bytes: 4),
            let height = bytes.number(at: 20, bytes: 4)
        else { return nil }
        return ImageFrame(width: width, height: height, resolution: resolution(in: bytes))
    }

    private static func resolution(in bytes: UnsafeRawBufferPointer) -> Double {
        var offset = 8
        // Length, name, data, checksum.
        while let length = bytes.number(at: offset, bytes: 4), let chunk = bytes.number(at: offset + 4, bytes: 4), chunk != name("IDAT") {
            if chunk == name("pHYs"), bytes.number(at: offset + 16, bytes: 1) == 1, let dots = bytes.number(at: offset + 8, bytes: 4) {
                return Double(dots) / inchesPerMetre
            }
            offset += length + 12
        }
        return 0
    }

    private static func name(_ text: StaticString) -> Int {
        (0..<text.utf8CodeUnitCount).reduce(0) { $0 << 8 | Int(text.utf8Start[$1]) }
    }
}

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
