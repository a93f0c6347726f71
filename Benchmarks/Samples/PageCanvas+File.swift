extension PageCanvas {
    /// A PDF of this one page: the same bytes for the same drawings.
    package func pdf() -> [UInt8] {
        var file = PDFFile()
        let firstFont = 5
        let firstImage = firstFont + PageFont.allCases.count
        let fonts = PageFont.allCases.enumerated().map { "/\($1.resource) \(firstFont + $0) 0 R" }.joined()
        let pictures = images.indices.map { "/Im\($0 + 1) \(firstImage + $0) 0 R" }.joined()
        file.add("<</Type/Catalog/Pages 2 0 R>>")
        file.add("<</Type/Pages/Kids[3 0 R]/Count 1>>")
        file.add(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 \(number(width)) \(number(height))]/Contents 4 0 R"
                + "/Resources<</Font<<\(fonts)>>/XObject<<\(pictures)>>>>>>")
        file.add(stream: Array(operators.utf8))
        for font in PageFont.allCases { file.add("<</Type/Font/Subtype/Type1/BaseFont/\(font.rawValue)/Encoding/WinAnsiEncoding>>") }
        for image in images {
            file.add(
                stream: image.pixels,
                "/Type/XObject/Subtype/Image/Width \(image.width)/Height \(image.height)/BitsPerComponent 8/ColorSpace/DeviceRGB")
        }
        return file.finished()
    }
}
