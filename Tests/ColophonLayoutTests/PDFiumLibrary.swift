import Testing

@testable import ColophonLayout

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// PDFium as the tests find it: `PDFIUM_LIBRARY`, else where `scripts/fetch-pdfium` puts it.
enum PDFiumLibrary {
    static let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
    static let corpus = root + "/../shared/corpus"

    private static let isChosen: Bool = {
        let fetched = root + "/.deps/pdfium/libpdfium.so"
        if getenv("PDFIUM_LIBRARY") == nil, access(fetched, R_OK) == 0 { setenv("PDFIUM_LIBRARY", fetched, 1) }
        return true
    }()

    /// Throws the error that says how to fetch the library when it is missing.
    static func load() throws -> PDFium {
        _ = isChosen
        return try PDFium.load()
    }
}

/// The suites that call PDFium. It is not thread-safe, so they run one after the other.
@Suite(.serialized) enum WithPDFium {}
