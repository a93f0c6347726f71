import ColophonChild
import ColophonFormats
import ColophonLayout
import ColophonTesseract
import DoclingDocument
import Glibc

/// Reads one document from standard input, answers in frames on standard output, and can do nothing else.
@main
struct ExtractChild {
    static func main() {
        var words = Array(CommandLine.arguments.dropFirst())
        var pdfium: PDFium?
        if let parent = ForkServer.parent(in: words) { (words, pdfium) = ForkServer.nextTask(parent: parent) }
        let output = FrameOutput()
        do {
            if let arguments = RenderArguments(words: words) {
                try render(arguments, pdfium, to: output)
            } else if let arguments = ChildArguments(words: words) {
                try extract(arguments, pdfium, to: output)
            } else if let arguments = GuardArguments(words: words) {
                try tell(arguments, to: output)
            } else {
                complain("colophon-extract is started by colophon; it is not meant to be run by hand.")
                exit(64)
            }
        } catch PDFFailure.needsRecognition {
            output.send(.needsRecognition)
        } catch let failure as PDFFailure {
            output.send(.failure(code: failure.runCode, message: failure.description))
        } catch let failure as FormatFailure {
            output.send(.failure(code: failure.runCode, message: failure.sentence))
        } catch let error as PDFiumError {
            output.send(.failure(code: "IO_ERROR", message: error.description))
        } catch let error as SandboxError {
            output.send(.failure(code: "IO_ERROR", message: "The reader's limits could not be put in force: \(error)."))
        } catch {
            output.send(.failure(code: "PARSE_FAILED", message: "The document could not be read: \(error)."))
        }
        // All is said; what libraries would still tidy up goes with the process.
        _exit(0)
    }

    private static func extract(_ arguments: ChildArguments, _ loaded: PDFium?, to output: FrameOutput) throws {
        let input = try MappedInput()
        let isPDF = PDFConverter.looksLikePDF(input.bytes)
        // The libraries are the files that are needed; they are opened before files can no longer be, where whoever forked this has not done so.
        let pdfium = isPDF ? try loaded ?? PDFium.load() : nil
        let inflater = isPDF ? nil : Inflater.load()
        let recognition = Recognition(arguments.recognition)
        try arguments.guards.sandbox.enter()
        OutOfMemory.becomesAnswer()
        if let pdfium {
            try extractPDF(input, arguments, recognition, with: pdfium, to: output)
        } else if let file = ImageFile(input.bytes) {
            try extractImages(input, file, arguments, recognition, to: output)
        } else if let format = SourceFormat.of(input.bytes, type: arguments.type, name: arguments.name, inflater: inflater) {
            output.send(.opened(pages: 0))
            try output.send(format.document(from: input.bytes, name: arguments.name, inflater: inflater))
        } else {
            throw PDFFailure.unsupportedFormat
        }
    }

    private static func extractPDF(
        _ input: MappedInput, _ arguments: ChildArguments, _ recognition: Recognition, with pdfium: PDFium, to output: FrameOutput
    ) throws {
        var limits = PDFLimits()
        limits.maxPages = arguments.pagesMax
        var invoice: [UInt8] = []
        let document = try PDFConverter(pdfium: pdfium, limits: limits, recognition: recognition.mode, endsProcess: true).convert(
            bytes: input.bytes, name: arguments.name, password: password(), onStart: { output.send(.opened(pages: $0)) },
            onInvoice: { invoice = $0 }, onWords: arguments.sendsWords ? { output.send($0) } : nil, onPage: { finished($0, output) },
            onNotes: { output.send($0, recognition) })
        output.send(invoice, as: ChildFrame.invoice)
        try output.send(document)
    }

    private static func extractImages(
        _ input: MappedInput, _ file: ImageFile, _ arguments: ChildArguments, _ recognition: Recognition, to output: FrameOutput
    ) throws {
        var limits = PDFLimits()
        limits.maxPages = arguments.pagesMax
        let converter = ImageConverter(file: file, limits: limits, recognition: recognition.mode, decoder: recognition.decoder)
        let document = try converter.convert(
            bytes: input.bytes, name: arguments.name, onStart: { output.send(.opened(pages: $0)) },
            onWords: arguments.sendsWords ? { output.send($0) } : nil, onPage: { finished($0, output) },
            onNotes: { output.send($0, recognition) })
        try output.send(document)
    }

    private static func finished(_ page: Int, _ output: FrameOutput) {
        OutOfMemory.hasNotCome()
        output.send(.page(page))
    }

    private static func render(_ arguments: RenderArguments, _ loaded: PDFium?, to output: FrameOutput) throws {
        // Here two libraries are needed, before files can no longer be opened.
        let painter = PagePainter(pdfium: try loaded ?? PDFium.load(), deflater: .load())
        let input = try MappedInput()
        try arguments.guards.sandbox.enter()
        OutOfMemory.becomesAnswer()
        let png = try painter.png(
            page: arguments.pageNumber, of: input.bytes, password: password(), width: arguments.width, pixelsMax: arguments.pixelsMax,
            region: arguments.region.map {
                BoundingBox(left: $0.left, top: $0.top, right: $0.right, bottom: $0.bottom)
            },
            onStart: { output.send(.opened(pages: $0)) })
        output.send(result: png)
    }

    /// What opens the document; forgotten where others could ask for it.
    private static func password() -> String? {
        guard let text = getenv(ChildArguments.passwordVariable) else { return nil }
        let password = String(cString: text)
        unsetenv(ChildArguments.passwordVariable)
        return password
    }

    /// Says which protections are in force.
    private static func tell(_ arguments: GuardArguments, to output: FrameOutput) throws {
        let layers = try arguments.guards.sandbox.enter()
        output.send(.opened(pages: 0))
        output.send(result: Array(layers.names.joined(separator: " ").utf8))
    }

    private static func complain(_ message: String) {
        let line = Array("\(message)\n".utf8)
        _ = write(2, line, line.count)
    }
}
