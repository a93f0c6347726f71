/// The block of YAML that many tools put before a document.
enum MarkdownFrontMatter {
    /// Where the document starts: behind a front matter between lines of `---`, else behind a byte order mark.
    static func end(in bytes: [UInt8]) -> Int {
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        guard let first = line(in: bytes, at: start), isFence(first.text, "---") else { return start }
        // A line that is no entry: the dashes are a break, or the line below a heading.
        guard let second = line(in: bytes, at: first.next), second.text.contains(UInt8(ascii: ":")),
            second.text.first?.isASCIIAlphanumeric ?? false
        else { return start }
        var position = second.next
        while let next = line(in: bytes, at: position) {
            position = next.next
            if isFence(next.text, "---") || isFence(next.text, "...") { return position }
        }
        return start
    }

    private static func isFence(_ line: ArraySlice<UInt8>, _ fence: String) -> Bool {
        line.starts(with: fence.utf8) && line.dropFirst(3).allSatisfy(\.isASCIISpace)
    }

    private static func line(in bytes: [UInt8], at start: Int) -> (text: ArraySlice<UInt8>, next: Int)? {
        guard start < bytes.count else { return nil }
        let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
        return (bytes[start..<end], min(end + 1, bytes.count))
    }
}
