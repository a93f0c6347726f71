import Foundation

/// What the program writes: results to standard output, everything else to standard error.
enum Terminal {
    /// Whether a person watches standard error, so that progress may be drawn there.
    static var showsProgress: Bool { isatty(2) == 1 }

    static func print(_ text: String) { write(text + "\n", to: 1) }

    /// Says something that is no fault, beside the results.
    static func note(_ text: String) { write("colophon: \(text)\n", to: 2) }

    static func complain(_ text: String) { write("colophon: \(text)\n", to: 2) }

    /// Draws over the line that was drawn last; nothing where nobody watches.
    static func progress(_ text: String) {
        if showsProgress { write("\r\u{1B}[2K\(text)", to: 2) }
    }

    /// Removes the progress line.
    static func endProgress() {
        if showsProgress { write("\r\u{1B}[2K", to: 2) }
    }

    static func json(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        print(String(decoding: try encoder.encode(value), as: UTF8.self))
    }

    static func write(_ text: String, to descriptor: Int32) { write(Array(text.utf8), to: descriptor) }

    /// Writes a file whole or not at all; what is no ordinary file, a device or a pipe, is written to as it is.
    static func write(_ bytes: [UInt8], toFile path: String) throws {
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath()
        var status = stat()
        if stat(target.path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
            let descriptor = open(target.path, O_WRONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw ExitStatusError(.usage, "\(path) cannot be written.") }
            defer { close(descriptor) }
            return write(bytes, to: descriptor)
        }
        do {
            try Data(bytes).write(to: target, options: .atomic)
        } catch {
            throw ExitStatusError(.usage, "\(path) cannot be written.")
        }
    }

    /// Writes all bytes; a reader that went away ends the program, as it does for every tool of a pipeline.
    static func write(_ bytes: [UInt8], to descriptor: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0 && errno == EINTR { continue }
            guard written > 0 else { exit(ExitStatus.internal.rawValue) }
            rest = rest.dropFirst(written)
        }
    }
}
