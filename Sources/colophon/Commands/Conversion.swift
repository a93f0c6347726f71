import ColophonCore
import ColophonExtraction
import DoclingDocument
import Foundation

/// What `convert` does with each of its files.
struct Conversion: Sendable {
    /// A document that carries no electronic invoice has no XML.
    struct NoInvoice: Error {}

    let extractor: NativeExtractor
    let formats: [Convert.Format]
    let password: String?
    let settings: RunSettings
    let images: ConvertedImages?
    /// What each file's results are called, without an ending.
    let names: [String: String]

    /// A file's results as bytes, in the order of the formats; images of its pages are written on the way.
    func result(of file: String) async -> Result<[[UInt8]], any Error> {
        do {
            return .success(try await LocalFile.withDescriptor(of: file) { try await results(of: file, $0) })
        } catch {
            return .failure(error)
        }
    }

    private func results(of file: String, _ descriptor: Int32) async throws -> [[UInt8]] {
        let name = OriginalName.sanitized(file)
        let source = ExtractionSource(descriptor: descriptor, name: name, password: password, settings: settings)
        let extraction = try await extractor.extract(source) { progress in
            if progress.done > 0 { Terminal.progress("\(name): page \(progress.done) of \(progress.total)") }
        }
        for warning in extraction.warnings { Terminal.note("\(file): \(warning.code.rawValue): \(warning.message)") }
        try await images?.draw(source, pages: Array(extraction.document.pages.keys), name: names[file] ?? name)
        return try formats.map { try $0.bytes(of: extraction) }
    }
}
