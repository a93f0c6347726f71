import ArgumentParser
import ColophonLayout
import ColophonSamples
import DoclingDocument
import Foundation

/// Pictures of pages with what is recognised on them, for Docs/extraction.md.
struct PicturesBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pictures", abstract: "Images of six invented pages, with the items and the order that are read out of them.")

    @Argument(help: "The folder to write to; it is made when it is missing.") var folder: String
    @Option(help: "The images' width in pixels.") var width = 900

    func validate() throws {
        guard (100...4_000).contains(width) else { throw ValidationError("The width must be 100 to 4000 pixels.") }
    }

    func run() async throws {
        let pdfium = try PDFium.load()
        let painter = PagePainter(pdfium: pdfium, deflater: .load())
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for (name, canvas) in SamplePages.canvases {
            let document = try canvas.pdf().withUnsafeBytes { try PDFConverter(pdfium: pdfium).convert(bytes: $0, name: name) }
            // The marks are drawn as the page is, so that PDFium paints both.
            var marked = canvas
            try PageMarks(document: document, pixel: canvas.width / Double(width)).draw(on: &marked)
            let png = try marked.pdf().withUnsafeBytes { try painter.png(page: 1, of: $0, width: width, pixelsMax: 32_000_000) }
            let path = "\(folder)/extraction-\(name).png"
            try Data(png).write(to: URL(fileURLWithPath: path))
            print("\(path): \(document.texts.count) texts, \(document.tables.count) tables, \(document.pictures.count) pictures")
        }
    }
}
