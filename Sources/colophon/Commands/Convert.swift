import ArgumentParser
import ColophonCore
import ColophonExtraction
import DoclingDocument
import Foundation

struct Convert: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Converts files here and now, without a server.")

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case md, json, html, text, xml

        func bytes(of extraction: Extraction) throws -> [UInt8] {
            let document = extraction.document
            switch self {
            case .md: return Array(try document.markdown().utf8)
            case .json: return try document.jsonBytes()
            case .html: return Array(try document.html().utf8)
            case .text: return Array(try document.plainText().utf8)
            case .xml:
                guard let invoice = extraction.invoice else { throw NoInvoice() }
                return invoice
            }
        }
    }

    @Argument(help: "The files to convert.", completion: .file())
    var files: [String]

    /// A document that carries no electronic invoice has no XML.
    struct NoInvoice: Error {}

    @Option(help: "What to make of them; xml is that of an electronic invoice which a PDF carries, byte for byte.")
    var to: Format = .md

    @Option(name: .shortAndLong, help: "A file to write, or a folder for several; default standard output.")
    var output: String?

    @OptionGroup var limits: LimitOptions
    @OptionGroup var worker: WorkerOptions

    func run() async throws {
        let extractor = NativeExtractor(program: try ChildProgram.locate(), limits: try limits.limits())
        let target = try ConversionTarget(output: output, files: files, format: to)
        var failures = 0
        // Results come in the order of the files, however many are read at once.
        try await withThrowingTaskGroup(of: (Int, Result<[UInt8], any Error>).self) { group in
            var next = 0
            var printed = 0
            var waiting: [Int: Result<[UInt8], any Error>] = [:]
            func add() {
                guard next < files.count else { return }
                let (index, file, format) = (next, files[next], to)
                group.addTask { (index, await Self.convert(file, to: format, with: extractor)) }
                next += 1
            }
            for _ in 0..<worker.count { add() }
            while let (index, result) = try await group.next() {
                waiting[index] = result
                while let ready = waiting.removeValue(forKey: printed) {
                    Terminal.endProgress()
                    if try !target.take(ready, of: files[printed]) { failures += 1 }
                    printed += 1
                    if printed < files.count { Terminal.progress("\(printed) of \(files.count): \(files[printed])") }
                }
                // A slow file holds up the printing: what has been read meanwhile stays bounded.
                while next < files.count && next - printed < worker.count * 4 && next - printed - waiting.count < worker.count { add() }
            }
        }
        Terminal.endProgress()
        if failures > 0 { throw ExitStatusError(.badDocument, files.count > 1 ? "\(failures) of \(files.count) files failed." : nil) }
    }

    private static func convert(_ file: String, to format: Format, with extractor: NativeExtractor) async -> Result<[UInt8], any Error> {
        do {
            let descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
            guard descriptor >= 0 else { throw RunFailure(.ioError, String(cString: strerror(errno))) }
            defer { close(descriptor) }
            var status = stat()
            guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { throw RunFailure(.ioError, "It is no file.") }
            let name = OriginalName.sanitized(file)
            let extraction = try await extractor.extract(descriptor: descriptor, name: name) { progress in
                if progress.done > 0 { Terminal.progress("\(name): page \(progress.done) of \(progress.total)") }
            }
            return .success(try format.bytes(of: extraction))
        } catch {
            return .failure(error)
        }
    }
}
