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
