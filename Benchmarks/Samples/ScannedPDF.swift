/// Makes PDFs whose one page is an image, out of a PNG: the same bytes for the same arguments.
package enum ScannedPDF {
    /// A page that shows nothing but the image.
    ///
    /// - Parameters:
    ///   - png: Not interlaced, of eight bits a channel, grey or coloured, without transparency; its pixels are taken as they are packed, which
    ///     PDF can read too (ISO 32000-1, 7.4.4.4).
    ///   - width: The page's width in points.
    ///   - rotation: How many degrees clockwise the page is shown turned; a multiple of 90.
    /// - Returns: `nil` when the PNG is no such one.
    package static func bytes(png: [UInt8], width: Double = 612, rotation: Int = 0) -> [UInt8]? {
        guard png.count > 33, let colours = [0: 1, 2: 3][png[25]], png[24] == 8, png[28] == 0 else { return nil }
        let (columns, rows) = (number(png[16..<20]), number(png[20..<24]))
        var pixels: [UInt8] = []
        var offset = 8
        while offset + 12 <= png.count {
            let length = number(png[offset..<(offset + 4)])
            guard length <= png.count - offset - 12 else { return nil }
            if Array(png[(offset + 4)..<(offset + 8)]) == Array("IDAT".utf8) { pixels += png[(offset + 8)..<(offset + 8 + length)] }
            offset += length + 12
        }
        let height = width * Double(rows) / Double(columns)
        let draw = "q \(width) 0 0 \(height) 0 0 cm /Im1 Do Q"
        var file = PDFFile()
        file.add("<</Type/Catalog/Pages 2 0 R>>")
        file.add("<</Type/Pages/Kids[3 0 R]/Count 1>>")
        file.add(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 \(width) \(height)]/Rotate \(rotation)/Contents 4 0 R/Resources<</XObject<</Im1 5 0 R>>>>>>"
        )
        file.add(stream: Array(draw.utf8))
        file.add(
            stream: pixels,
            "/Type/XObject/Subtype/Image/Width \(columns)/Height \(rows)/BitsPerComponent 8"
                + "/ColorSpace/\(colours == 1 ? "DeviceGray" : "DeviceRGB")/Filter/FlateDecode"
                + "/DecodeParms<</Predictor 15/Colors \(colours)/Columns \(columns)>>")
        return file.finished()
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }
}
