#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension PDFium {
    /// Where the library may be, best first.
    struct Candidates {
        var paths: [String]
        /// The operator named the one path: then nothing else is tried, and its absence is an error of its own.
        var isChosen: Bool
    }

    /// `PDFIUM_LIBRARY`; else the folder of the running executable, then the usual library folders.
    static func candidates() -> Candidates {
        if let chosen = getenv("PDFIUM_LIBRARY"), chosen[0] != 0 {
            return Candidates(paths: [String(cString: chosen)], isChosen: true)
        }
        #if arch(arm64)
            let multiarch = "aarch64-linux-gnu"
        #else
            let multiarch = "x86_64-linux-gnu"
        #endif
        var folders = ["/usr/local/lib", "/usr/local/lib/\(multiarch)", "/usr/lib", "/usr/lib/\(multiarch)"]
        if let executable = executableFolder() { folders.insert(executable, at: 0) }
        return Candidates(paths: folders.map { $0 + "/libpdfium.so" }, isChosen: false)
    }

    static func exists(_ path: String) -> Bool {
        access(path, R_OK) == 0
    }

    private static func executableFolder() -> String? {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = buffer.withUnsafeMutableBytes { bytes in
            bytes.withMemoryRebound(to: CChar.self) { name in name.baseAddress.map { readlink("/proc/self/exe", $0, name.count) } ?? -1 }
        }
        guard count > 0, count < buffer.count, let slash = buffer[..<count].lastIndex(of: UInt8(ascii: "/")) else { return nil }
        return String(decoding: buffer[..<slash], as: UTF8.self)
    }
}
