import CLibrary
import CTesseract

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Tesseract's library, looked up when the program runs.
struct TesseractLibrary {
    /// The name of version 5, which the loader finds, and the folders where it may lie.
    private static let name = "libtesseract.so.5"
    private static let variable = "TESSERACT_LIBRARY"

    let functions: tesseract_functions

    /// - Throws: `notInstalled` or `notLoadable`.
    /// - Complexity: Some 30 ms: it brings fifty libraries along.
    init() throws(TesseractError) {
        var functions = tesseract_functions()
        var message = [CChar](repeating: 0, count: 512)
        let path = Self.chosen ?? Self.name
        let result = message.withUnsafeMutableBufferPointer { buffer in
            tesseract_open(path, &functions, buffer.baseAddress, buffer.count)
        }
        guard result == LIBRARY_OPENED else {
            if !Self.isInstalled { throw .notInstalled }
            throw .notLoadable(reason: String(decoding: message.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self))
        }
        self.functions = functions
        // It would write about every damaged image.
        _ = functions.setMsgSeverity(Int32(LEPTONICA_SILENT))
    }

    private static var chosen: String? {
        guard let text = getenv(variable), text[0] != 0 else { return nil }
        return String(cString: text)
    }

    /// Whether there is something to load; a look at some paths and nothing else.
    static var isInstalled: Bool {
        if let chosen { return access(chosen, R_OK) == 0 }
        #if arch(arm64)
            let multiarch = "aarch64-linux-gnu"
        #else
            let multiarch = "x86_64-linux-gnu"
        #endif
        return ["/usr/local/lib", "/usr/local/lib/\(multiarch)", "/usr/lib", "/usr/lib/\(multiarch)"].contains {
            access("\($0)/\(name)", R_OK) == 0
        }
    }
}
