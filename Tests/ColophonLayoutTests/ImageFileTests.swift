import Testing

@testable import ColophonLayout

@Suite struct ImageFileTests {
    private func frames(_ bytes: [UInt8]) -> [ImageFrame]? {
        bytes.withUnsafeBytes { bytes in ImageFile(bytes).map { $0.frames(in: bytes, framesMax: 5) } }
    }

    private func big(_ value: Int, _ count: Int = 4) -> [UInt8] { (0..<count).map { UInt8(value >> (8 * (count - 1 - $0)) & 0xFF) } }

    private static let pngHead: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    private func png(_ width: Int, _ height: Int, _ chunks: [UInt8] = []) -> [UInt8] {
        Self.pngHead + big(13) + Array("IHDR".utf8) + big(width) + big(height) + [8, 0, 0, 0, 0] + big(0) + chunks
    }

    @Test func `a PNG tells its size and its dots per metre`() {
        #expect(frames(png(20, 30)) == [ImageFrame(width: 20, height: 30, resolution: 0)])
        let physical = big(9) + Array("pHYs".utf8) + big(11811) + big(11811) + [1] + big(0)
        #expect(frames(png(2480, 3508, physical))?.first?.resolution == 300)
        let unitless = big(9) + Array("pHYs".utf8) + big(1) + big(1) + [0] + big(0)
        #expect(frames(png(20, 30, unitless))?.first?.resolution == 0)
        #expect(frames(png(0, 30)) == [] && frames(Array(png(20, 30).prefix(22))) == [])
    }

    @Test func `a JPEG tells its size and its density`() {
        let app0: [UInt8] = [0xFF, 0xE0, 0, 16] + Array("JFIF".utf8) + [0, 1, 1, 1] + big(200, 2) + big(200, 2) + [0, 0]
        let frame: [UInt8] = [0xFF, 0xC2, 0, 11, 8] + big(1000, 2) + big(700, 2) + [1, 1, 0x11, 0]
        #expect(frames([0xFF, 0xD8] + app0 + [0xFF] + frame) == [ImageFrame(width: 700, height: 1000, resolution: 200)])
        #expect(frames([0xFF, 0xD8] + app0 + [0xFF, 0xDA, 0, 2]) == [])
        #expect(frames([0xFF, 0xD8, 0xFF, 0xE0, 0, 0]) == [])
    }

    /// A TIFF of directories, each of a width, a height and where the next one is.
    private func tiff(littleEndian: Bool, sizes: [(Int, Int)], loops: Bool = false) -> [UInt8] {
        func number(_ value: Int, _ count: Int) -> [UInt8] { littleEndian ? big(value, count).reversed() : big(value, count) }
        var bytes: [UInt8] = (littleEndian ? [0x49, 0x49] : [0x4D, 0x4D]) + number(42, 2) + number(8, 4)
        for (index, size) in sizes.enumerated() {
            let resolution = bytes.count + 2 + 3 * 12 + 4
            bytes += number(3, 2)
            bytes += number(256, 2) + number(3, 2) + number(1, 4) + number(size.0, 2) + [0, 0]
            bytes += number(257, 2) + number(4, 2) + number(1, 4) + number(size.1, 4)
            bytes += number(282, 2) + number(5, 2) + number(1, 4) + number(resolution, 4)
            let isLast = index == sizes.count - 1
            bytes += number(isLast ? (loops ? 8 : 0) : resolution + 8, 4) + number(600, 4) + number(2, 4)
        }
        return bytes
    }

    @Test(arguments: [true, false]) func `a TIFF tells all its images, in either order of bytes`(littleEndian: Bool) {
        let sizes = [(10, 20), (30, 40)]
        let expected = sizes.map { ImageFrame(width: $0.0, height: $0.1, resolution: 300) }
        #expect(frames(tiff(littleEndian: littleEndian, sizes: sizes)) == expected)
        #expect(frames(tiff(littleEndian: littleEndian, sizes: sizes, loops: true)) == expected)
        #expect(frames(tiff(littleEndian: littleEndian, sizes: Array(repeating: (1, 1), count: 9)))?.count == 5)
    }

    @Test func `damage and noise trap nothing`() {
        let samples = [
            png(20, 30), tiff(littleEndian: true, sizes: [(1, 2), (3, 4)]), [0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, 0, 1, 0, 1, 1, 1, 17, 0],
        ]
        for sample in samples {
            for index in sample.indices.dropFirst(4) {
                _ = frames(Array(sample.prefix(index)))
                for value in [0, 0x7F, 0xFF] as [UInt8] {
                    var damaged = sample
                    damaged[index] = value
                    _ = frames(damaged)
                }
            }
        }
    }

    @Test func `an image that does not tell its resolution is taken for a page`() {
        #expect(ImageFrame(width: 2480, height: 3508, resolution: 0).likelyResolution == 300)
        #expect(ImageFrame(width: 100, height: 80, resolution: 0).likelyResolution == 70)
        #expect(ImageFrame(width: 100, height: 80, resolution: 96).likelyResolution == 96)
        #expect(ImageFrame(width: 3508, height: 2480, resolution: 1e30).likelyResolution == 300)
    }
}
