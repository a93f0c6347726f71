import ColophonSamples

/// PDFs that ask for much: memory, time, or depth.
enum PDFBomb: String, CaseIterable, Sendable {
    case contentOfSpaces, contentPackedTwice, contentOfLines, contentOfText
    case hugeImage, formsWithinForms, countOfPages, pagesInACircle, manyPagesOneContent, hugeObjectStream, hugePageBox, deepArray
    case bookmarksInACircle, hugeInvoice, fontWithinItself, hugePattern

    private static let megabyte = 1 << 20

    /// - Complexity: Up to 256 MiB of memory while it is made.
    var bytes: [UInt8] {
        switch self {
        case .contentOfSpaces: content(Array(repeating: 0x20, count: 256 * Self.megabyte))
        case .contentPackedTwice: content(Array(repeating: 0x20, count: 256 * Self.megabyte), times: 2)
        case .contentOfLines: content(Self.repeated("0 0 m 400 400 l S\n", megabytes: 64))
        case .contentOfText: content(Array("BT /F 9 Tf 9 9 Td\n".utf8) + Self.repeated("(all work and no play) Tj 0 1 Td\n", megabytes: 32))
        case .hugeImage: hugeImage
        case .formsWithinForms: formsWithinForms
        case .countOfPages: pages("<</Type/Pages/Kids[3 0 R]/Count 2000000000>>")
        case .pagesInACircle: pages("<</Type/Pages/Kids[2 0 R 2 0 R 3 0 R]/Count 3>>")
        case .manyPagesOneContent: manyPagesOneContent
        case .hugeObjectStream: PDFFile.page("") { $0.add(packed: Self.repeated("1 0 ", megabytes: 64), "/Type/ObjStm/N 16000000/First 9") }
        case .hugePageBox:
            PDFFile.page("/CropBox[-1e30 -1e30 1e30 1e30]/UserUnit 75000/Contents 4 0 R") { $0.add(stream: Array("0 0 m S".utf8)) }
        case .deepArray: PDFFile.page("/X \(String(repeating: "[", count: 2_000_000))")
        case .bookmarksInACircle: bookmarks
        case .hugeInvoice: hugeInvoice
        case .fontWithinItself: fontWithinItself
        case .hugePattern: hugePattern
        }
    }

    private static func repeated(_ text: String, megabytes: Int) -> [UInt8] {
        let unit = Array(text.utf8)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(megabytes * megabyte + unit.count)
        while bytes.count < megabytes * megabyte { bytes += unit }
        return bytes
    }

    private func content(_ bytes: [UInt8], times: Int = 1) -> [UInt8] {
        PDFFile.page("/Contents 4 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>") {
            $0.add(packed: bytes, times: times)
        }
    }

    private func pages(_ tree: String) -> [UInt8] {
        var file = PDFFile()
        file.add("<</Type/Catalog/Pages 2 0 R>>")
        file.add(tree)
        file.add("<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>")
        return file.finished()
    }

    private var hugeImage: [UInt8] {
        PDFFile.page("/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>") {
            $0.add(stream: Array("400 0 0 400 0 0 cm /I Do".utf8))
            $0.add(
                packed: [UInt8](repeating: 0, count: 64 * Self.megabyte),
                "/Type/XObject/Subtype/Image/Width 60000/Height 60000/ColorSpace/DeviceRGB/BitsPerComponent 8")
        }
    }

    /// Each of twenty draws the next ten times.
    private var formsWithinForms: [UInt8] {
        PDFFile.page("/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>") { file in
            file.add(stream: Array("/X Do".utf8))
            for level in 0..<20 {
                let calls = level < 19 ? String(repeating: "/X Do ", count: 10) : "0 0 m 9 9 l S"
                file.add(
                    stream: Array(calls.utf8),
                    "/Type/XObject/Subtype/Form/BBox[0 0 500 500]/Resources<</XObject<</X \(file.next + 1) 0 R>>>>")
            }
        }
    }

    private var manyPagesOneContent: [UInt8] {
        var file = PDFFile()
        file.add("<</Type/Catalog/Pages 2 0 R>>")
        file.add("<</Type/Pages/Kids[\((4..<2004).map { "\($0) 0 R" }.joined(separator: " "))]/Count 2000>>")
        file.add(packed: Self.repeated("0 0 m 400 400 l S\n", megabytes: 4))
        for _ in 0..<2000 { file.add("<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 500]/Contents 3 0 R>>") }
        return file.finished()
    }

    private var bookmarks: [UInt8] {
        var file = PDFFile()
        file.add("<</Type/Catalog/Pages 2 0 R/Outlines 4 0 R>>")
        file.add("<</Type/Pages/Kids[3 0 R]/Count 1>>")
        file.add("<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 500]>>")
        file.add("<</Type/Outlines/First 5 0 R/Last 5 0 R/Count 1000000>>")
        file.add("<</Title(round and round)/Parent 5 0 R/First 5 0 R/Next 5 0 R/Dest[3 0 R/Fit]>>")
        return file.finished()
    }

    private var hugeInvoice: [UInt8] {
        var file = PDFFile()
        file.add("<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(factur-x.xml) 4 0 R]>>>>>>")
        file.add("<</Type/Pages/Kids[3 0 R]/Count 1>>")
        file.add("<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 500]>>")
        file.add("<</Type/Filespec/F(factur-x.xml)/UF(factur-x.xml)/EF<</F 5 0 R>>>>")
        file.add(packed: [UInt8](repeating: 0x20, count: 256 * Self.megabyte), "/Type/EmbeddedFile")
        return file.finished()
    }

    /// A glyph whose procedure shows the glyph.
    private var fontWithinItself: [UInt8] {
        PDFFile.page("/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>") {
            $0.add(stream: Array("BT /F 9 Tf 9 9 Td (aaaa) Tj ET".utf8))
            $0.add(
                "<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/FirstChar 97/LastChar 97/Widths[9]"
                    + "/Encoding<</Differences[97/a]>>/CharProcs<</a 6 0 R>>/Resources<</Font<</F 5 0 R>>>>>>")
            $0.add(stream: Array("9 0 d0 BT /F 9 Tf (aaaaaaaaaa) Tj ET".utf8))
        }
    }

    /// A pattern of the tiniest tiles.
    private var hugePattern: [UInt8] {
        PDFFile.page("/Contents 4 0 R/Resources<</Pattern<</P 5 0 R>>>>") {
            $0.add(stream: Array("/Pattern cs /P scn 0 0 500 500 re f".utf8))
            $0.add(
                stream: Array("0 0 1 1 re f".utf8),
                "/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep 0.0001/YStep 0.0001/Resources<<>>")
        }
    }
}
