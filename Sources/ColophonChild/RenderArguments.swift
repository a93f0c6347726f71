/// What the parent tells a child on its command line that is to draw one page; the document itself is standard input.
package struct RenderArguments: Equatable, Sendable {
    /// The first word; the other task's is a number.
    private static let task = "render"

    /// From 1.
    package var pageNumber: Int
    /// The image's width in pixels, unless that gives too many of them.
    package var width: Int
    /// The most pixels that the image may have.
    package var pixelsMax: Int
    package var memoryBytesMax: UInt64
    package var cpuSecondsMax: UInt64
    /// The process id of who starts it; 0 when nobody's end is to be the child's.
    package var parent: Int32

    package init(pageNumber: Int, width: Int, pixelsMax: Int, memoryBytesMax: UInt64, cpuSecondsMax: UInt64, parent: Int32) {
        self.pageNumber = pageNumber
        self.width = width
        self.pixelsMax = pixelsMax
        self.memoryBytesMax = memoryBytesMax
        self.cpuSecondsMax = cpuSecondsMax
        self.parent = parent
    }

    package var words: [String] {
        [Self.task, "\(pageNumber)", "\(width)", "\(pixelsMax)", "\(memoryBytesMax)", "\(cpuSecondsMax)", "\(parent)"]
    }

    /// Nil unless the words are what `words` gives.
    package init?(words: [String]) {
        guard words.count == 7, words[0] == Self.task, let page = Int(words[1]), page >= 1, let width = Int(words[2]), width >= 1,
            let pixels = Int(words[3]), pixels >= width, let memory = UInt64(words[4]), let cpu = UInt64(words[5]),
            let parent = Int32(words[6])
        else { return nil }
        self.init(pageNumber: page, width: width, pixelsMax: pixels, memoryBytesMax: memory, cpuSecondsMax: cpu, parent: parent)
    }
}
