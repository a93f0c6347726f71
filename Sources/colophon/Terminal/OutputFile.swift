import Foundation

/// Files that results are written to.
enum OutputFile {
    /// Writes all bytes to what the caller has opened.
    static func write(_ bytes: [UInt8], to descriptor: Int32) throws(POSIXError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0 && errno == EINTR { continue }
            guard written > 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
            rest = rest.dropFirst(written)
        }
    }

    /// Writes a file whole or not at all; what is no ordinary file, a device or a pipe, is written to as it is.
    static func write(_ bytes: [UInt8], toFile path: String) throws {
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath()
        var status = stat()
        if stat(target.path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
            let descriptor = open(target.path, O_WRONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw failure(path, errno) }
            defer { close(descriptor) }
            do { try write(bytes, to: descriptor) } catch { throw failure(path, error) }
            return
        }
        do {
            try Data(bytes).write(to: target, options: .atomic)
        } catch {
            throw (error as? CocoaError)?.code == .fileWriteOutOfSpace
                ? failure(path, ENOSPC) : ExitStatusError(.usage, "\(path) cannot be written.")
        }
    }

    /// A full disk is nobody's mistake on the command line.
    static func failure(_ path: String, _ code: Int32) -> ExitStatusError {
        [ENOSPC, EDQUOT, EFBIG].contains(code)
            ? ExitStatusError(.unavailable, "\(path) cannot be written: the disk is full.")
            : ExitStatusError(.usage, "\(path) cannot be written: \(String(cString: strerror(code))).")
    }

    static func failure(_ path: String, _ error: POSIXError) -> ExitStatusError { failure(path, error.code.rawValue) }
}
