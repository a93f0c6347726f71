/// Cuts the bytes of a change stream into frames. What the end leaves unfinished is no frame, as every client has it.
package struct FrameReader {
    private static let frameMax = 65_536

    private var pending: [UInt8] = []

    package init() {}

    /// Whether what came so far ends at a frame's end.
    package var isBetweenFrames: Bool { pending.isEmpty }

    /// - Throws: `WireFault` when something is no frame.
    package mutating func read(_ bytes: [UInt8]) throws -> [WireFrame] {
        var frames: [WireFrame] = []
        // The blank line may be cut in two.
        var search = max(0, pending.count - 1)
        var start = 0
        pending += bytes
        while let end = pending[search...].firstBlankLine {
            // A comment is nothing that happened.
            if pending[start] != UInt8(ascii: ":") { frames.append(try WireFrame(block: pending[start..<end])) }
            start = end + 2
            search = start
        }
        pending.removeFirst(start)
        guard pending.count < Self.frameMax else { throw WireFault("a frame without an end", at: pending) }
        return frames
    }
}

extension ArraySlice<UInt8> {
    /// Where two line feeds begin.
    fileprivate var firstBlankLine: Int? {
        var from = startIndex
        while let feed = self[from...].firstIndex(of: 0x0A), feed + 1 < endIndex {
            if self[feed + 1] == 0x0A { return feed }
            from = feed + 1
        }
        return nil
    }
}
