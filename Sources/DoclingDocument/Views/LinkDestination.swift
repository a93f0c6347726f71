/// Where a link of a document leads, as a URL or a path.
///
/// Normalised as docling-core does it when it loads a document: URLs as the WHATWG URL standard has it (without the
/// encoding of domain names beyond ASCII), anything else as a POSIX path.
struct LinkDestination {
    let uri: String

    /// Schemes that may be followed: a link with another one (`javascript`, `data`) is shown as text alone.
    private static let safeSchemes: Set<String> = ["http", "https", "ftp", "ftps", "sftp", "mailto", "tel", "file"]
    private static let defaultPorts = ["http": "80", "ws": "80", "https": "443", "wss": "443", "ftp": "21"]

    /// - Returns: `nil` for an empty link.
    init?(_ text: String) {
        let trimmed = text.unicodeScalars.drop { $0.value <= 0x20 }
        guard !trimmed.isEmpty else { return nil }
        let cleaned = String(String.UnicodeScalarView(trimmed.filter { $0 != "\t" && $0 != "\n" && $0 != "\r" }))
        if let scheme = LinkDestination.scheme(of: cleaned), let url = LinkDestination.url(cleaned, scheme) {
            uri = url
        } else {
            uri = LinkDestination.path(text)
        }
    }

    /// Whether the link may be followed: relative, or of a scheme that runs nothing.
    ///
    /// The scheme is read as browsers do: white space and control characters before it and line breaks within it do not
    /// count. One letter is the drive of a path.
    var isSafe: Bool {
        let cleaned = uri.unicodeScalars.drop { $0.value <= 0x20 }.filter { $0 != "\t" && $0 != "\n" && $0 != "\r" }
        guard let scheme = LinkDestination.scheme(of: String(String.UnicodeScalarView(cleaned))) else { return true }
        return scheme.utf8.count == 1 || LinkDestination.safeSchemes.contains(scheme)
    }

    /// The link so that it cannot end a Markdown link early.
    var markdown: String {
        var result: [UInt8] = []
        let bytes = Array(uri.utf8)
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case 0...0x20, 0x7F, UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""),
                UInt8(ascii: "\\"):
                LinkDestination.appendEncoded(byte, to: &result)
            case UInt8(ascii: "&") where LinkDestination.startsEntity(bytes, index + 1): result.append(contentsOf: "&amp;".utf8)
            default: result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Whether `name;` or `#name;` follows.
    private static func startsEntity(_ bytes: [UInt8], _ start: Int) -> Bool {
        let name = bytes[min(start, bytes.count)...]
        let rest = name.first == UInt8(ascii: "#") ? name.dropFirst() : name
        let word = rest.prefix { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "_") || $0 >= 0x80 }
        return !word.isEmpty && word.endIndex < bytes.count && bytes[word.endIndex] == UInt8(ascii: ";")
    }

    // MARK: Normal forms

    /// The scheme in lower case.
    private static func scheme(of text: String) -> String? {
        let name = text.utf8.prefix { $0 != UInt8(ascii: ":") }
        guard name.count < text.utf8.count, let first = name.first, isLetter(first),
            name.allSatisfy({ isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
            )
        else { return nil }
        return String(Substring(name)).lowercased()
    }

    private static func url(_ text: String, _ scheme: String) -> String? {
        var rest = Array(text.utf8)[(scheme.utf8.count + 1)...]
        while let last = rest.last, last <= 0x20 { rest.removeLast() }
        let fragment = takeSuffix(from: UInt8(ascii: "#"), of: &rest)
        let query = takeSuffix(from: UInt8(ascii: "?"), of: &rest)
        let isSpecial = defaultPorts[scheme] != nil || scheme == "file"
        var result = Array("\(scheme):".utf8)
        if isSpecial {
            rest = rest.map { $0 == UInt8(ascii: "\\") ? UInt8(ascii: "/") : $0 }[...]
            let slashes = rest.prefix { $0 == UInt8(ascii: "/") }.count
            rest = rest.dropFirst(scheme == "file" ? min(slashes, 2) : slashes)
            let authority = rest.prefix { $0 != UInt8(ascii: "/") }
            guard scheme == "file" || !authority.isEmpty else { return nil }
            result.append(contentsOf: "//".utf8)
            result.append(contentsOf: host(Array(authority), scheme))
            result.append(contentsOf: resolved(Array(rest.dropFirst(authority.count))))
        } else {
            let isOpaque = rest.first != UInt8(ascii: "/")
            for byte in rest {
                if byte < 0x20 || byte >= 0x7F || (!isOpaque && isEncodedInPath(byte)) {
                    appendEncoded(byte, to: &result)
                } else {
                    result.append(byte)
                }
            }
        }
        if let query {
            appendEncoded(query, to: &result) {
                $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: ">") || (isSpecial && $0 == UInt8(ascii: "'"))
            }
        }
        if let fragment {
            appendEncoded(fragment, to: &result) {
                $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: ">") || $0 == UInt8(ascii: "`")
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The host in lower case and without a port that its scheme has anyway.
    private static func host(_ authority: [UInt8], _ scheme: String) -> [UInt8] {
        let at = authority.lastIndex(of: UInt8(ascii: "@")).map { $0 + 1 } ?? 0
        var host = String(decoding: authority[at...], as: UTF8.self).lowercased()
        if let port = defaultPorts[scheme], host.hasSuffix(":" + port) { host.removeLast(port.utf8.count + 1) }
        if host.hasSuffix(":") { host.removeLast() }
        return authority[..<at] + Array(host.utf8)
    }

    /// The path of a URL without `.` and `..`, its bytes encoded where they must be; at least `/`.
    private static func resolved(_ path: [UInt8]) -> [UInt8] {
        var segments: [ArraySlice<UInt8>] = []
        let parts = path.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            let isLast = index == parts.count - 1
            if part.elementsEqual("..".utf8) {
                segments = segments.dropLast()
                if isLast { segments.append([]) }
            } else if part.elementsEqual(".".utf8) {
                if isLast { segments.append([]) }
            } else {
                segments.append(part)
            }
        }
        var result: [UInt8] = []
        for segment in segments {
            result.append(UInt8(ascii: "/"))
            for byte in segment { if isEncodedInPath(byte) { appendEncoded(byte, to: &result) } else { result.append(byte) } }
        }
        return result.isEmpty ? [UInt8(ascii: "/")] : result
    }

    /// A path without empty and `.` components.
    private static func path(_ text: String) -> String {
        let slashes = text.utf8.prefix { $0 == UInt8(ascii: "/") }.count
        let root = slashes == 0 ? "" : slashes == 2 ? "//" : "/"
        let parts = text.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }.filter { $0 != "." }
        let path = root + parts.joined(separator: "/")
        return path.isEmpty ? "." : path
    }

    private static func takeSuffix(from mark: UInt8, of rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard let start = rest.firstIndex(of: mark) else { return nil }
        defer { rest = rest[..<start] }
        return rest[start...]
    }

    // MARK: Bytes

    private static func isEncodedInPath(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...0x20, 0x7F..., UInt8(ascii: "\""), UInt8(ascii: "#"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "?"),
            UInt8(ascii: "^"),
            UInt8(ascii: "`"), UInt8(ascii: "{"), UInt8(ascii: "}"):
            true
        default: false
        }
    }

    private static func appendEncoded(_ bytes: ArraySlice<UInt8>, to result: inout [UInt8], also isEncoded: (UInt8) -> Bool) {
        for byte in bytes {
            if byte <= 0x20 || byte >= 0x7F || isEncoded(byte) { appendEncoded(byte, to: &result) } else { result.append(byte) }
        }
    }

    private static func appendEncoded(_ byte: UInt8, to result: inout [UInt8]) {
        let digits = Array("0123456789ABCDEF".utf8)
        result.append(contentsOf: [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 0xF)]])
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
