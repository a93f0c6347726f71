/// What the parent tells the child on its command line; the document itself is standard input.
package struct ChildArguments: Equatable, Sendable {
    /// What the document is called in the result.
    package var name: String
    package var pagesMax: Int
    package var memoryBytesMax: UInt64
    package var cpuSecondsMax: UInt64
    /// The process id of who starts it; 0 when nobody's end is to be the child's.
    package var parent: Int32

    package init(name: String, pagesMax: Int, memoryBytesMax: UInt64, cpuSecondsMax: UInt64, parent: Int32) {
        self.parent = parent
        self.name = name
        self.pagesMax = pagesMax
        self.memoryBytesMax = memoryBytesMax
        self.cpuSecondsMax = cpuSecondsMax
    }

    package var words: [String] { ["\(pagesMax)", "\(memoryBytesMax)", "\(cpuSecondsMax)", "\(parent)", name] }

    /// Nil unless the words are what `words` gives.
    package init?(words: [String]) {
        guard words.count == 5, let pagesMax = Int(words[0]), let memory = UInt64(words[1]), let cpu = UInt64(words[2]),
            let parent = Int32(words[3])
        else { return nil }
        self.init(name: words[4], pagesMax: pagesMax, memoryBytesMax: memory, cpuSecondsMax: cpu, parent: parent)
    }
}
