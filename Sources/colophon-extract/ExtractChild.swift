import ColophonChild
import ColophonLayout
import DoclingDocument
import Glibc

/// Reads one document from standard input, answers in frames on standard output, and can do nothing else.
@main
struct ExtractChild {
    static func main() {
        guard let arguments = ChildArguments(words: Array(CommandLine.arguments.dropFirst())) else {
            complain("colophon-extract is started by colophon; it is not meant to be run by hand.")
            exit(64)
        }
        let output = FrameOutput()
        do {
            // The library is the one file that is needed; it is opened before files can no longer be.
            let pdfium = try PDFium.load()
            let input = try MappedInput()
            try Sandbox(
                memoryBytesMax: arguments.memoryBytesMax, cpuSecondsMax: arguments.cpuSecondsMax, parent: arguments.parent
            ).enter()
            try convert(input, with: pdfium, arguments, to: output)
        } catch let failure as PDFFailure {
            output.send(.failure(code: failure.runCode, message: failure.description))
        } catch let error as PDFiumError {
            output.send(.failure(code: "IO_ERROR", message: error.description))
        } catch let error as SandboxError {
            output.send(.failure(code: "IO_ERROR", message: "The reader's limits could not be put in force: \(error)."))
        } catch {
            output.send(.failure(code: "PARSE_FAILED", message: "The document could not be read: \(error)."))
        }
    }

    private static func convert(_ input: MappedInput, with pdfium: PDFium, _ arguments: ChildArguments, to output: FrameOutput) throws {
        var limits = PDFLimits()
        limits.maxPages = arguments.pagesMax
        let document = try PDFConverter(pdfium: pdfium, limits: limits).convert(
            bytes: input.bytes, name: arguments.name, onStart: { output.send(.opened(pages: $0)) }, onPage: { output.send(.page($0)) })
        let json = try document.jsonBytes()
        var rest = json[...]
        while !rest.isEmpty {
            output.send(.result(Array(rest.prefix(ChildFrame.payloadBytesMax))))
            rest = rest.dropFirst(ChildFrame.payloadBytesMax)
        }
        output.send(.end(bytes: json.count))
    }

    private static func complain(_ message: String) {
        let line = Array("\(message)\n".utf8)
        _ = write(2, line, line.count)
    }
}

extension PDFFailure {
    /// The code that the run will carry.
    fileprivate var runCode: String {
        switch self {
        case .unsupportedFormat: "UNSUPPORTED_FORMAT"
        case .parseFailed: "PARSE_FAILED"
        case .passwordProtected: "PASSWORD_PROTECTED"
        case .tooManyPages: "TOO_MANY_PAGES"
        }
    }
}
