import ColophonLayout

/// Images that say to be as large as their formats allow.
enum ImageBomb {
    /// 60,000 by 60,000 pixels of one bit, all of them there.
    static var png: [UInt8] {
        let side = 60_000
        let rows = Deflater.load().zlibStream(of: [UInt8](repeating: 0, count: (side / 8 + 1) * side))
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", big(side, 4) + big(side, 4) + [1, 0, 0, 0, 0])
            + chunk("IDAT", rows) + chunk("IEND", [])
    }

    /// 65,500 by 65,500 pixels, of which there are none.
    static var jpeg: [UInt8] {
        let components: [UInt8] = [3, 1, 0x22, 0, 2, 0x11, 0, 3, 0x11, 0]
        return [0xFF, 0xD8, 0xFF, 0xC0] + big(17, 2) + [8] + big(65_500, 2) + big(65_500, 2) + components
            + [0xFF, 0xDA] + big(12, 2) + [3, 1, 0, 2, 0, 3, 0, 0, 63, 0] + [0xFF, 0xD9]
    }

    /// Each page is followed by itself.
    static var tiff: [UInt8] {
        let tags = [(256, 100), (257, 100), (258, 1), (259, 1), (262, 1), (273, 8), (278, 100), (279, 1300)]
        let entries = tags.flatMap { big($0.0, 2) + big(4, 2) + big(1, 4) + big($0.1, 4) }
        return [0x4D, 0x4D, 0, 42] + big(8, 4) + big(tags.count, 2) + entries + big(8, 4) + [UInt8](repeating: 0, count: 1300)
    }

    private static func big(_ number: Int, _ count: Int) -> [UInt8] {
        (1...count).map { UInt8(truncatingIfNeeded: number >> ((count - $0) * 8)) }
    }

    /// The checksum behind it is right: a reader may look.
    private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
        let body = Array(name.utf8) + content
        return big(content.count, 4) + body + big(ZipFile.checksum(of: body), 4)
    }
}
