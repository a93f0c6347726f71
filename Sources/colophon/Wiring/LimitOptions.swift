import ArgumentParser
import ColophonCore
import ColophonExtraction
import Foundation

/// The limits that an operator may move: by option, or else by environment.
struct LimitOptions: ParsableArguments {
    @Option(help: "The largest upload, in bytes (COLOPHON_MAX_UPLOAD_BYTES).")
    var maxUploadBytes: Int64?

    @Option(help: "The most pages of a document (COLOPHON_MAX_PAGES).")
    var maxPages: Int?

    @Option(help: "How long one document may be read, in seconds (COLOPHON_PARSE_TIMEOUT).")
    var parseTimeout: Int?

    @Option(help: "How long one page may be read, in seconds (COLOPHON_PAGE_TIMEOUT).")
    var pageTimeout: Int?

    @Option(help: "Memory that the reading of one document may take, in MiB (COLOPHON_PARSE_MEMORY).")
    var parseMemory: Int64?

    @Option(help: "In which languages scanned pages are read, as Tesseract names them, such as eng+deu; or off (COLOPHON_OCR_LANGUAGES).")
    var ocrLanguages: String?

    @Option(help: "How long one scanned page may be read, in seconds (COLOPHON_OCR_PAGE_TIMEOUT).")
    var ocrPageTimeout: Int?

    @Option(help: "How long one document with scanned pages may be read, in seconds (COLOPHON_OCR_TIMEOUT).")
    var ocrTimeout: Int?

    @Option(help: "How long a claim lasts unless renewed, in seconds (COLOPHON_LEASE).")
    var lease: Int?

    @Option(help: "How many streams of changes may be open at once (COLOPHON_STREAMS_MAX).")
    var streamsMax: Int?

    @Option(help: "Memory for lists of large workspaces, in MiB; 0 for none (COLOPHON_LIST_MEMORY).")
    var listMemory: Int?

    @Flag(help: "Read documents even where the kernel cannot filter readers' system calls (COLOPHON_WEAK_SANDBOX=1).")
    var weakSandbox = false

    func validate() throws { _ = try limits() }

    func limits() throws -> Limits {
        var limits = Limits()
        if let value = try Self.value(maxUploadBytes, "COLOPHON_MAX_UPLOAD_BYTES", 1...(1 << 50)) { limits.uploadBytesMax = value }
        if let value = try Self.value(maxPages, "COLOPHON_MAX_PAGES", 1...1_000_000) { limits.pagesMax = value }
        if let value = try Self.value(parseTimeout, "COLOPHON_PARSE_TIMEOUT", 1...86_400) { limits.parseTimeout = .seconds(value) }
        if let value = try Self.value(pageTimeout, "COLOPHON_PAGE_TIMEOUT", 1...86_400) { limits.pageTimeout = .seconds(value) }
        // A reader's program and libraries take some 50 of it.
        if let value = try Self.value(parseMemory, "COLOPHON_PARSE_MEMORY", 128...1_048_576) { limits.childMemoryBytesMax = value << 20 }
        if let value = try Self.value(ocrPageTimeout, "COLOPHON_OCR_PAGE_TIMEOUT", 1...86_400) {
            limits.recognitionPageTimeout = .seconds(value)
        }
        if let value = try Self.value(ocrTimeout, "COLOPHON_OCR_TIMEOUT", 1...86_400) { limits.recognitionTimeout = .seconds(value) }
        if let list = ocrLanguages ?? ProcessInfo.processInfo.environment["COLOPHON_OCR_LANGUAGES"] {
            do {
                limits.recognitionLanguages = try RunSettings.languages(
                    named: list.split(separator: "+", omittingEmptySubsequences: false).map(String.init))
            } catch {
                throw ValidationError(
                    "COLOPHON_OCR_LANGUAGES must be names of languages such as eng+deu, \(RunSettings.languagesMax) at most, or off.")
            }
        }
        if let value = try Self.value(streamsMax, "COLOPHON_STREAMS_MAX", 1...1_000_000) { limits.streamsMax = value }
        if let value = try Self.value(listMemory, "COLOPHON_LIST_MEMORY", 0...1_000_000) { limits.listBytesMax = value << 20 }
        limits.mayLackSeccomp = weakSandbox || ProcessInfo.processInfo.environment["COLOPHON_WEAK_SANDBOX"] == "1"
        if let value = try Self.value(lease, "COLOPHON_LEASE", 2...3_600) {
            limits.lease = .seconds(value)
            limits.heartbeat = .milliseconds(value * 1000 / 3)
        }
        return limits
    }

    private static func value<Number: FixedWidthInteger & Sendable>(
        _ option: Number?, _ name: String, _ allowed: ClosedRange<Number>
    ) throws -> Number? {
        let text = ProcessInfo.processInfo.environment[name]
        if option == nil && text == nil { return nil }
        guard let value = option ?? text.flatMap({ Number($0) }), allowed.contains(value) else {
            throw ValidationError("\(name) must be a whole number from \(allowed.lowerBound) to \(allowed.upperBound).")
        }
        return value
    }
}
