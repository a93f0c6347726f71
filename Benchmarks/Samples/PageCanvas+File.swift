extension PageCanvas {
    /// A PDF of this one page: the same bytes for the same drawings.
    package func pdf() -> [UInt8] {
        var file = Array("%PDF-1.4\n".utf8)
        var offsets: [Int] = []
        func add(_ object: String, stream: [UInt8]? = nil) {
            offsets.append(file.count)
            file += Array("\(offsets.count) 0 obj\(object)".utf8)
            if let stream { file += Array("stream\n".utf8) + stream + Array("\nendstream".utf8) }
            file += Array("endobj\n".utf8)
        }
        let firstFont = 5
        let firstImage = firstFont + PageFont.allCases.count
        let fonts = PageFont.allCases.enumerated().map { "/\($1.resource) \(firstFont + $0) 0 R" }.joined()
        let pictures = images.indices.map { "/Im\($0 + 1) \(firstImage + $0) 0 R" }.joined()
        add("<</Type/Catalog/Pages 2 0 R>>")
        add("<</Type/Pages/Kids[3 0 R]/Count 1>>")
        add(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 \(number(width)) \(number(height))]/Contents 4 0 R"
                + "/Resources<</Font<<\(fonts)>>/XObject<<\(pictures)>>>>>>")
        let content = Array(operators.utf8)
        add("<</Length \(content.count)>>", stream: content)
        for font in PageFont.allCases { add("<</Type/Font/Subtype/Type1/BaseFont/\(font.rawValue)/Encoding/WinAnsiEncoding>>") }
        for image in images {
            add(
                "<</Type/XObject/Subtype/Image/Width \(image.width)/Height \(image.height)/BitsPerComponent 8/ColorSpace/DeviceRGB"
                    + "/Length \(image.pixels.count)>>", stream: image.pixels)
        }
        let table = file.count
        let entries = offsets.map { String(repeating: "0", count: 10 - String($0).count) + "\($0) 00000 n \n" }.joined()
        let size = offsets.count + 1
        file += Array("xref\n0 \(size)\n0000000000 65535 f \n\(entries)".utf8)
        file += Array("trailer<</Size \(size)/Root 1 0 R>>\nstartxref\n\(table)\n%%EOF\n".utf8)
        return file
    }
}
