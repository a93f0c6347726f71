import CSandbox
import ColophonChild
import ColophonFormats
import ColophonLayout
import DoclingDocument
import Glibc

/// A process that has everything loaded which documents need, and forks a reader for each: starting one anew takes as long as reading a page.
///
/// It never sees a document. What it forks are its siblings: children of whoever asks, who waits for them and ends them.
enum ForkServer {
    /// Nil unless the words are the command line of one.
    static func parent(in words: [String]) -> Int32? {
        words.count == 2 && words[0] == ForkRequest.task ? Int32(words[1]) : nil
    }

    /// Returns in each process that it forks, with what that is to do and PDFium, if that could be loaded; never in its own, which ends with
    /// whoever asks.
    static func nextTask(parent: Int32) -> (words: [String], pdfium: PDFium?) {
        guard colophon_end_with_parent(parent) == 0 else { _exit(1) }
        let pdfium = prepare()
        let socket = ForkSocket(descriptor: 0)
        do throws(ForkSocket.Failure) {
            while let (request, input, output) = try socket.receive() {
                let pid = colophon_fork_sibling()
                if pid == 0 {
                    begin(request, input: input, output: output)
                    return (request.words, pdfium)
                }
                close(input)
                close(output)
                try socket.answer(pid)
            }
        } catch {
            _exit(1)
        }
        _exit(0)
    }

    /// Whatever fails here fails again in those that need it, and is told there.
    private static func prepare() -> PDFium? {
        _ = colophon_leave_namespaces()
        _ = Inflater.load()
        _ = Deflater.load()
        let pdfium = try? PDFium.load()
        if let pdfium { warmUp(pdfium) }
        return pdfium
    }

    /// What the first document makes a process look up, or make, is there for all.
    private static func warmUp(_ pdfium: PDFium) {
        let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 199 299]/Contents 4 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>"
        // A heading, a list, a paragraph, and a table with rules.
        let content = """
            BT /F 18 Tf 9 270 Td (Heading) Tj /F 9 Tf 0 -30 Td (1. One) Tj 0 -12 Td (2. Two) Tj 0 -40 Td (Words that go on to) Tj 0 -12 Td
            (the next line.) Tj 2 -60 Td (A) Tj 80 0 Td (B) Tj -80 -20 Td (1) Tj 80 0 Td (2) Tj ET
            9 80 160 40 re S 89 80 m 89 120 l S 9 100 m 169 100 l S
            """
        let objects = [
            "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", page,
            "<</Length \(content.utf8.count)>>stream\n\(content)\nendstream",
        ]
        let body = objects.enumerated().map { "\($0 + 1) 0 obj\n\($1)\nendobj\n" }.joined()
        let file = Array("%PDF-1.4\n\(body)trailer<</Root 1 0 R/Size 5>>\n%%EOF\n".utf8)
        _ = try? file.withUnsafeBytes { try PDFConverter(pdfium: pdfium).convert(bytes: $0, name: "").jsonBytes() }
    }

    private static func begin(_ request: ForkRequest, input: Int32, output: Int32) {
        guard colophon_take_standard(input, output) == 0 else { _exit(1) }
        setpgid(0, 0)
        if let password = request.password { setenv(ChildArguments.passwordVariable, password, 1) }
        if let task = request.words.first { colophon_show_task(task) }
    }
}
