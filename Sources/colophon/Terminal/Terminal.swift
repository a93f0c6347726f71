import Foundation

/// What the program writes: results to standard output, everything else to standard error.
enum Terminal {
    enum Stream: Int32 {
        case results = 1
        case error = 2
    }

    /// Whether a person watches standard error, so that progress may be drawn there.
    static var showsProgress: Bool { isatty(2) == 1 }

    static func print(_ text: String) { write(text + "\n", to: .results) }

    /// Says something beside the results, a fault or not.
    static func note(_ text: String) { write("colophon: \(text)\n", to: .error) }

    /// Draws over the line that was drawn last; nothing where nobody watches.
    static func progress(_ text: String) {
        if showsProgress { write("\r\u{1B}[2K\(text)", to: .error) }
    }

    /// Removes the progress line.
    static func endProgress() {
        if showsProgress { write("\r\u{1B}[2K", to: .error) }
    }

    static func json(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        print(String(decoding: try encoder.encode(value), as: UTF8.self))
    }

    /// For results without end: each a line.
    static func jsonLine(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        print(String(decoding: try encoder.encode(value), as: UTF8.self))
    }

    static func write(_ text: String, to stream: Stream) { write(Array(text.utf8), to: stream) }

    /// Writes all bytes; a reader that went away ends the program, as it does for every tool of a pipeline.
    static func write(_ bytes: [UInt8], to stream: Stream) {
        do {
            try OutputFile.write(bytes, to: stream.rawValue)
        } catch {
            if stream == .results && error.code != .EPIPE { ExitStatus.end(after: OutputFile.failure("Standard output", error)) }
            exit(ExitStatus.internal.rawValue)
        }
    }
}
