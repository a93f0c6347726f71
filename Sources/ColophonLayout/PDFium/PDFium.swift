import CLibrary
import CPDFium

/// The loaded PDFium library.
///
/// PDFium is not thread-safe: everything made from this must stay on one thread, and a process uses PDFium from one thread only.
package final class PDFium {
    let functions: pdfium_functions

    private init(functions: pdfium_functions) {
        self.functions = functions
    }

    /// Finds, opens and initialises the library; see `candidates` for where it looks.
    ///
    /// After this PDFium opens no file: it is told of no font folders, so results do not depend on the fonts of the machine.
    /// Calling it again is harmless.
    ///
    /// - Throws: `PDFiumError`, whose description says what to do.
    /// - Complexity: About 10 ms the first time.
    package static func load() throws(PDFiumError) -> PDFium {
        let candidates = candidates()
        for path in candidates.paths {
            guard candidates.isChosen || exists(path) else { continue }
            var functions = pdfium_functions()
            var message = [CChar](repeating: 0, count: 512)
            let result = message.withUnsafeMutableBufferPointer { buffer in
                pdfium_open(path, &functions, buffer.baseAddress, buffer.count)
            }
            switch result {
            case LIBRARY_OPENED:
                pdfium_initialise(&functions)
                return PDFium(functions: functions)
            case LIBRARY_SYMBOL_MISSING:
                throw .symbolMissing(path: path, symbol: text(message))
            default:
                throw .notLoadable(path: path, reason: text(message))
            }
        }
        throw .notFound
    }

    private static func text(_ message: [CChar]) -> String {
        String(decoding: message.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
