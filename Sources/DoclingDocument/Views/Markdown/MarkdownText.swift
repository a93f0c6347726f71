/// Rules for the bytes of Markdown text.
enum MarkdownText {
    /// Makes single line breaks hard ones by two spaces; blank lines stay.
    static func hardLineBreaks(_ text: [UInt8]) -> [UInt8] {
        guard text.contains(0x0A) else { return text }
        var result: [UInt8] = []
        result.reserveCapacity(text.count + 16)
        var index = 0
        while index < text.count {
            if text[index] != 0x0A {
                result.append(text[index])
            } else if index + 1 < text.count, text[index + 1] == 0x0A {
                result.append(contentsOf: [0x0A, 0x0A])
                index += 1
            } else {
                result.append(contentsOf: [0x20, 0x20, 0x0A])
            }
            index += 1
        }
        return result
    }

    /// Puts all lines into one, as headings need.
    static func spacedLines(_ text: [UInt8]) -> [UInt8] {
        text.map { $0 == 0x0A ? 0x20 : $0 }
    }

    static func escapingHTML(_ text: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        for byte in text {
            switch byte {
            case UInt8(ascii: "&"): result.append(contentsOf: "&amp;".utf8)
            case UInt8(ascii: "<"): result.append(contentsOf: "&lt;".utf8)
            case UInt8(ascii: ">"): result.append(contentsOf: "&gt;".utf8)
            default: result.append(byte)
            }
        }
        return result
    }

    /// Puts a backslash before underscores that have none, but for those within the image links of a line.
    static func escapingUnderscores(_ text: [UInt8]) -> [UInt8] {
        guard text.contains(UInt8(ascii: "_")) else { return text }
        var result: [UInt8] = []
        result.reserveCapacity(text.count + 16)
        var index = 0
        var previous: UInt8 = 0
        // No image link ends before this, because the line holds no end for one.
        var noLinkUntil = 0
        while index < text.count {
            let byte = text[index]
            if byte == UInt8(ascii: "!"), index >= noLinkUntil, index + 1 < text.count, text[index + 1] == UInt8(ascii: "[") {
                let (end, found) = endOfImageLink(text, from: index + 2)
                if found {
                    result.append(contentsOf: text[index..<end])
                    index = end
                    previous = 0
                    continue
                }
                noLinkUntil = end
            }
            if byte == UInt8(ascii: "_"), previous != UInt8(ascii: "\\") { result.append(UInt8(ascii: "\\")) }
            result.append(byte)
            previous = byte
            index += 1
        }
        return result
    }

    /// The end of `…](…)`, or else of the line.
    private static func endOfImageLink(_ text: [UInt8], from start: Int) -> (end: Int, found: Bool) {
        var index = start
        var isInDestination = false
        while index < text.count, text[index] != 0x0A {
            if isInDestination {
                if text[index] == UInt8(ascii: ")") { return (index + 1, true) }
            } else if text[index] == UInt8(ascii: "]"), index + 1 < text.count, text[index + 1] == UInt8(ascii: "(") {
                isInDestination = true
                index += 1
            }
            index += 1
        }
        return (index, false)
    }

    /// Code within a line, in more backticks than follow each other in it.
    static func codeSpan(_ text: [UInt8]) -> [UInt8] {
        let ticks = backticks(longestRun(text) + 1)
        let pad: [UInt8] = text.first == UInt8(ascii: "`") || text.last == UInt8(ascii: "`") ? [0x20] : []
        return ticks + pad + text + pad + ticks
    }

    static func codeBlock(_ text: [UInt8]) -> [UInt8] {
        let fence = backticks(max(3, longestRun(text) + 1))
        return fence + [0x0A] + text + [0x0A] + fence
    }

    private static func backticks(_ count: Int) -> [UInt8] { Array(repeating: UInt8(ascii: "`"), count: count) }

    private static func longestRun(_ text: [UInt8]) -> Int {
        var longest = 0
        var run = 0
        for byte in text {
            run = byte == UInt8(ascii: "`") ? run + 1 : 0
            longest = max(longest, run)
        }
        return longest
    }

    /// The text of a table's cell, which may hold neither line breaks nor bars.
    static func cell(_ text: [UInt8], escapesBars: Bool) -> [UInt8] {
        guard text.contains(where: { $0 == 0x0A || $0 == 0x0D || $0 == UInt8(ascii: "|") }) else { return text }
        var result: [UInt8] = []
        result.reserveCapacity(text.count + 16)
        for byte in text {
            switch byte {
            case 0x0A, 0x0D: result.append(0x20)
            case UInt8(ascii: "|") where escapesBars: result.append(contentsOf: "&#124;".utf8)
            default: result.append(byte)
            }
        }
        return result
    }

    /// `bar_chart` as `Bar chart`.
    static func humanized(_ name: String) -> String {
        let words = name.split(separator: "__", omittingEmptySubsequences: false).joined(separator: "_").map {
            $0 == "_" ? " " : String($0)
        }.joined()
        guard let first = words.unicodeScalars.first else { return "" }
        return first.properties.titlecaseMapping + String(words.unicodeScalars.dropFirst()).lowercased()
    }

    /// Whether Markdown knows a marker of a list: `-`, `*`, `+`, or digits and a full stop.
    static func isListMarker(_ marker: String) -> Bool {
        if ["-", "*", "+"].contains(marker) { return true }
        let scalars = marker.unicodeScalars
        return scalars.count > 1 && scalars.last == "." && scalars.dropLast().allSatisfy { $0.properties.generalCategory == .decimalNumber }
    }

    static func isAlphanumeric(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber: true
        default: scalar.properties.numericType != nil
        }
    }
}
