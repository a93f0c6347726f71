import CSandbox
import ColophonChild
import Foundation

/// How children's programs are started.
enum ChildStart {
    /// - Parameters:
    ///   - words: Its command line, behind its name.
    ///   - password: What opens its document. It travels in the environment, which is the child's own to see, unlike its command line.
    ///   - input: Its standard input.
    ///   - output: Its standard output.
    /// - Returns: Its process id.
    static func spawn(
        _ program: String, _ words: [String], password: String? = nil, input: Int32, output: Int32?
    ) throws(ForkSocket.Failure) -> pid_t {
        let secret = password.map { ["\(ChildArguments.passwordVariable)=\($0)"] } ?? []
        let arguments = ([program] + words).map { strdup($0) } + [nil]
        let variables = (environment + secret).map { strdup($0) } + [nil]
        defer { for text in arguments + variables { free(text) } }
        var pid: pid_t = 0
        let failed = colophon_spawn(program, arguments, variables, input, output ?? -1, &pid)
        guard failed == 0 else { throw .refused(failed) }
        return pid
    }

    /// The server's own environment may hold secrets; a reader of strangers' files is given none of it but where its libraries are.
    private static var environment: [String] {
        let names = ["PDFIUM_LIBRARY", "LD_LIBRARY_PATH", "TESSERACT_LIBRARY", "TESSDATA_PREFIX"]
        return names.compactMap { name in getenv(name).map { "\(name)=\(String(cString: $0))" } } + fixed
    }

    private static let fixed = [
        "SWIFT_BACKTRACE=enable=no",
        // A reader can start no threads, so Tesseract must not want any.
        "OMP_THREAD_LIMIT=1",
        // It has one thread and lives for one document: what is given back stays at hand.
        "GLIBC_TUNABLES=glibc.malloc.tcache_count=2000:glibc.malloc.top_pad=1048576:glibc.malloc.mmap_threshold=8388608:glibc.malloc.trim_threshold=67108864",
    ]
}
