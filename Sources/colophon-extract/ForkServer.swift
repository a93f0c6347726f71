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
        guard colophon_begin_forking(parent) == 0 else { _exit(1) }
        let pdfium = prepare()
        let socket = ForkSocket(descriptor: 0)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: ForkRequest.bytesMax, alignment: 1)
        do throws(ForkSocket.Failure) {
            while let (bytes, input, output) = try socket.receive(into: buffer) {
                let pid = colophon_fork_sibling()
                if pid == 0 { return (begin(UnsafeRawBufferPointer(bytes), input: input, output: output), pdfium) }
                // It may hold a password, and all later readers are copies of this process.
                if let start = bytes.baseAddress { explicit_bzero(start, bytes.count) }
                close(input)
                close(output)
                try socket.answer(pid)
            }
        } catch {
            _exit(1)
        }
        _exit(0)
    }

    /// An error here comes again in those that need what is missing, and is told there.
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

    private static func begin(_ bytes: UnsafeRawBufferPointer, input: Int32, output: Int32) -> [String] {
        guard colophon_take_standard(input, output) == 0, let request = ForkRequest(bytes: bytes) else { _exit(1) }
        setpgid(0, 0)
        if let password = request.password { setenv(ChildArguments.passwordVariable, password, 1) }
        if let task = request.words.first { colophon_show_task(task) }
        return request.words
    }
}
