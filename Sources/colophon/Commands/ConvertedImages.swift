import ColophonCore
import ColophonExtraction
import Foundation

/// The images of pages that `convert` draws beside its results.
struct ConvertedImages: Sendable {
    let renderer: NativePageRenderer
    /// Made where it does not exist.
    let folder: String
    /// In pixels.
    let width: Int

    /// Draws pages of a PDF, one after the other: `NAME-1.png`, `NAME-2.png`, and so on; nothing of other documents, whose pages are no
    /// pages of paper.
    ///
    /// - Throws: `RunFailure` for a page that cannot be drawn; what writing does.
    func draw(_ document: ExtractionSource, pages: [Int], name: String) async throws {
        for page in pages.sorted() {
            let drawing = PageDrawing(pageNumber: page, width: width, password: document.password)
            let png: [UInt8]
            do { png = try await renderer.render(drawing, descriptor: document.descriptor) } catch let error as ColophonError {
                let failure = error.cause as? RunFailure ?? RunFailure(.unknown, error.message)
                if failure.code == .unsupportedFormat { return }
                throw failure
            }
            try OutputFile.write(png, toFile: "\(folder)/\(name)-\(page).png")
        }
    }
}
