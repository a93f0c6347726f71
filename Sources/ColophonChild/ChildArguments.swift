/// What the parent tells the child on its command line that is to read a document; the document itself is standard input.
package struct ChildArguments: Equatable, Sendable {
    private static let task = "extract"

    /// What the document is called in the result.
    package var name: String
    package var pagesMax: Int
    package var guards: ChildGuards

    package init(name: String, pagesMax: Int, guards: ChildGuards) {
        self.name = name
        self.pagesMax = pagesMax
        self.guards = guards
    }

    package var words: [String] { [Self.task] + guards.words + ["\(pagesMax)", name] }

    /// Nil unless the words are what `words` gives.
    package init?(words: [String]) {
        let own = words.dropFirst(1 + ChildGuards.wordCount)
        guard words.first == Self.task, own.count == 2, let guards = ChildGuards(words: words.dropFirst().prefix(ChildGuards.wordCount)),
            let pagesMax = own.first.flatMap({ Int($0) }), let name = own.last
        else { return nil }
        self.init(name: name, pagesMax: pagesMax, guards: guards)
    }
}
