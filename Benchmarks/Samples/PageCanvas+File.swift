extension PageCanvas {
    /// A PDF of this one page: the same bytes for the same drawings.
    package func pdf() -> [UInt8] { Self.pdf([self]) }

    /// A PDF of several pages.
    package static func pdf(_ pages: [PageCanvas]) -> [UInt8] {
        var file = PDFFile()
        let firstFont = 3
        let firstPage = firstFont + PageFont.allCases.count
        var numbers: [Int] = []
        var next = firstPage
        for page in pages {
            numbers.append(next)
            next += 2 + page.images.count
        }
        let fonts = PageFont.allCases.enumerated().map { "/\($1.resource) \(firstFont + $0) 0 R" }.joined()
        file.add("<</Type/Catalog/Pages 2 0 R>>")
        file.add("<</Type/Pages/Kids[\(numbers.map { "\($0) 0 R" }.joined(separator: " "))]/Count \(pages.count)>>")
        for font in PageFont.allCases { file.add("<</Type/Font/Subtype/Type1/BaseFont/\(font.rawValue)/Encoding/WinAnsiEncoding>>") }
        for (page, number) in zip(pages, numbers) {
            let pictures = page.images.indices.map { "/Im\($0 + 1) \(number + 2 + $0) 0 R" }.joined()
            file.add(
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 \(page.number(page.width)) \(page.number(page.height))]/Contents \(number + 1) 0 R"
                    + "/Resources<</Font<<\(fonts)>>/XObject<<\(pictures)>>>>>>")
            file.add(stream: Array(page.operators.utf8))
            for image in page.images {
                file.add(
                    stream: image.pixels,
                    "/Type/XObject/Subtype/Image/Width \(image.width)/Height \(image.height)/BitsPerComponent 8/ColorSpace/DeviceRGB")
            }
        }
        return file.finished()
    }
}
