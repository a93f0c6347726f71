import ArgumentParser
import ColophonCore
import ColophonExtraction
import DoclingDocument
import Foundation

struct Convert: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Converts files here and now, without a server.")

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case md, json, html, text, xml

        /// - Throws: `NoInvoice` for the XML of a document that carries none.
        func bytes(of extraction: Extraction) throws -> [UInt8] {
            let document = extraction.document
            switch self {
            case .md: return Array(try document.markdown().utf8)
            case .json: return try document.jsonBytes()
            case .html: return Array(try document.html().utf8)
            case .text: return Array(try document.plainText().utf8)
            case .xml:
                guard let invoice = extraction.invoice else { throw Conversion.NoInvoice() }
                return invoice
            }
        }
    }

    @Argument(help: "The files to convert.", completion: .file())
    var files: [String]

    @Option(help: "What to make of them: md, json, html, text, xml, or several, as md,json. Xml is that of an invoice which a PDF carries.")
    var to = ConversionFormats([.md])

    @Option(name: .shortAndLong, help: "A file to write, or a folder for several; default standard output.")
    var output: String?

    @Option(help: "A folder for an image of each page of PDFs: NAME-1.png, NAME-2.png, and so on.", completion: .directory)
    var images: String?

    @Option(help: "How wide these images are, in pixels.")
    var imageWidth = PageImage.widthDefault

    @OptionGroup var password: PasswordOptions
    @OptionGroup var limits: LimitOptions
    @OptionGroup var worker: WorkerOptions

    func run() async throws {
        let conversion = try conversion()
        let slots = worker.count
        let target = try ConversionTarget(output: output, files: files, formats: to.list)
        var failures = 0
        // Results come in the order of the files, however many are read at once.
        try await withThrowingTaskGroup(of: (Int, Result<[[UInt8]], any Error>).self) { group in
            var next = 0
            var printed = 0
            var waiting: [Int: Result<[[UInt8]], any Error>] = [:]
            func add() {
                guard next < files.count else { return }
                let (index, file) = (next, files[next])
                group.addTask { (index, await conversion.result(of: file)) }
                next += 1
            }
            for _ in 0..<slots { add() }
            while let (index, result) = try await group.next() {
                waiting[index] = result
                while let ready = waiting.removeValue(forKey: printed) {
                    Terminal.endProgress()
                    if try !target.take(ready, of: files[printed]) { failures += 1 }
                    printed += 1
                    if printed < files.count { Terminal.progress("\(printed) of \(files.count): \(files[printed])") }
                }
                // A slow file holds up the printing: what has been read meanwhile stays bounded.
                while next < files.count && next - printed < slots * 4 && next - printed - waiting.count < slots { add() }
            }
        }
        Terminal.endProgress()
        if failures > 0 { throw ExitStatusError(.badDocument, files.count > 1 ? "\(failures) of \(files.count) files failed." : nil) }
    }

    private func conversion() throws -> Conversion {
        let (program, limits) = (try ChildProgram.locate(), try limits.limits())
        guard PageImage.widths.contains(imageWidth) else {
            throw ValidationError("--image-width must be from \(PageImage.widths.lowerBound) to \(PageImage.widths.upperBound).")
        }
        let images = try images.map { folder in
            do { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) } catch {
                throw ValidationError("The folder \(folder) cannot be made.")
            }
            return ConvertedImages(renderer: NativePageRenderer(program: program, limits: limits), folder: folder, width: imageWidth)
        }
        return Conversion(
            extractor: NativeExtractor(program: program, limits: limits), formats: to.list,
            password: password.text, settings: NativeExtractor.recipe(for: limits).settings, images: images,
            names: ConversionTarget.names(of: files))
    }
}
