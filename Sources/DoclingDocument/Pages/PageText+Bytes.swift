// How a page's words travel: a line `width height turns`, then a line `left top right bottom text` a word, lengths in hundredths of a point.
extension PageText {
    /// The page in at most so many bytes; words that do not fit are left out.
    package func bytes(max bytesMax: Int) -> [UInt8] {
        var bytes = Array("\(Self.hundredths(width)) \(Self.hundredths(height)) \(turns)\n".utf8)
        for word in words {
            let sides = [word.left, word.top, word.right, word.bottom].map { "\(Self.hundredths($0))" }.joined(separator: " ")
            let line = "\(sides) \(word.text)\n".utf8
            guard bytes.count + line.count <= bytesMax else { break }
            bytes += line
        }
        return bytes
    }

    /// - Throws: `unexpectedValue` for what `bytes` does not give, with the offset of the line that is none.
    package init(number: Int, bytes: [UInt8]) throws(DoclingDocumentError) {
        var lines = bytes.split(separator: UInt8(ascii: "\n"))[...]
        func unexpected(_ line: ArraySlice<UInt8>) -> DoclingDocumentError {
            DoclingDocumentError(.unexpectedValue, "no words of a page", offset: line.startIndex)
        }
        let head = lines.popFirst() ?? []
        let parts = head.split(separator: UInt8(ascii: " "))
        guard parts.count == 3, let size = Self.lengths(parts.prefix(2)), let turns = Int(String(decoding: parts[2], as: UTF8.self)) else {
            throw unexpected(head)
        }
        self.init(number: number, width: size[0], height: size[1], turns: turns)
        words.reserveCapacity(lines.count)
        for line in lines {
            let parts = line.split(separator: UInt8(ascii: " "), maxSplits: 4)
            guard parts.count == 5, let sides = Self.lengths(parts.prefix(4)) else { throw unexpected(line) }
            words.append(
                Word(String(decoding: parts[4], as: UTF8.self), left: sides[0], top: sides[1], right: sides[2], bottom: sides[3]))
        }
    }

    private static func hundredths(_ length: Float) -> Int32 { Int32(clamping: Int64((length.isFinite ? length : 0) * 100)) }

    private static func lengths(_ parts: some Collection<ArraySlice<UInt8>>) -> [Float]? {
        var lengths: [Float] = []
        for part in parts {
            guard let hundredths = Int32(String(decoding: part, as: UTF8.self)) else { return nil }
            lengths.append(Float(hundredths) / 100)
        }
        return lengths
    }
}
