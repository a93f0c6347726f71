/// What a child is told of its own limits on its command line, whatever it is to do.
package struct ChildGuards: Equatable, Sendable {
    package var memoryBytesMax: UInt64
    package var cpuSecondsMax: UInt64
    /// The process id of who starts it; 0 when nobody's end is to be the child's.
    package var parent: Int32
    /// Whether it goes on where the kernel cannot filter system calls.
    package var mayLackSeccomp: Bool

    /// How many words `words` has.
    static let wordCount = 4

    package init(memoryBytesMax: UInt64, cpuSecondsMax: UInt64, parent: Int32, mayLackSeccomp: Bool = false) {
        self.memoryBytesMax = memoryBytesMax
        self.cpuSecondsMax = cpuSecondsMax
        self.parent = parent
        self.mayLackSeccomp = mayLackSeccomp
    }

    var words: [String] { ["\(memoryBytesMax)", "\(cpuSecondsMax)", "\(parent)", mayLackSeccomp ? "weak" : "strict"] }

    /// Nil unless the words are what `words` gives.
    init?(words: ArraySlice<String>) {
        let words = Array(words)
        guard words.count == Self.wordCount, let memory = UInt64(words[0]), let cpu = UInt64(words[1]), let parent = Int32(words[2]),
            ["weak", "strict"].contains(words[3])
        else { return nil }
        self.init(memoryBytesMax: memory, cpuSecondsMax: cpu, parent: parent, mayLackSeccomp: words[3] == "weak")
    }

    package var sandbox: Sandbox {
        var sandbox = Sandbox(memoryBytesMax: memoryBytesMax, cpuSecondsMax: cpuSecondsMax, parent: parent)
        sandbox.mayLackSeccomp = mayLackSeccomp
        return sandbox
    }
}

/// What the parent tells a child on its command line that is to say which protections it has.
package struct GuardArguments: Equatable, Sendable {
    private static let task = "guards"

    package var guards: ChildGuards

    package init(guards: ChildGuards) { self.guards = guards }

    package var words: [String] { [Self.task] + guards.words }

    /// Nil unless the words are what `words` gives.
    package init?(words: [String]) {
        guard words.first == Self.task, let guards = ChildGuards(words: words.dropFirst()) else { return nil }
        self.guards = guards
    }
}
