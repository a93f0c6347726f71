/// What the parent tells the child on its command line; the document itself is standard input.
package struct ChildArguments: Equatable, Sendable {
    /// What the document is called in the result.
    package var name: String
    package var pagesMax: Int
    package var memoryBytesMax: UInt64
    package var cpuSecondsMax: UInt64

    package init(name: String, pagesMax: Int, memoryBytesMax: UInt64, cpuSecondsMax: UInt64) {
        self.name = name
        self.pagesMax = pagesMax
        self.memoryBytesMax = memoryBytesMax
        self.cpuSecondsMax = cpuSecondsMax
    }

    package var words: [String] { ["\(pagesMax)", "\(memoryBytesMax)", "\(cpuSecondsMax)", name] }

    /// Nil unless the words are what `words` gives.
    package init?(words: [String]) {
        guard words.count == 4, let pagesMax = Int(words[0]), let memory = UInt64(words[1]), let cpu = UInt64(words[2]) else { return nil }
        self.init(name: words[3], pagesMax: pagesMax, memoryBytesMax: memory, cpuSecondsMax: cpu)
    }
}
