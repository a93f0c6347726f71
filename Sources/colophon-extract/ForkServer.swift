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
        let file = Array(WarmingPDF.text.utf8)
        _ = try? file.withUnsafeBytes { try PDFConverter(pdfium: pdfium).convert(bytes: $0, name: "").jsonBytes() }
    }

    private static func begin(_ request: ForkRequest, input: Int32, output: Int32) {
        guard colophon_take_standard(input, output) == 0 else { _exit(1) }
        setpgid(0, 0)
        if let password = request.password { setenv(ChildArguments.passwordVariable, password, 1) }
        if let task = request.words.first { colophon_show_task(task) }
    }
}
