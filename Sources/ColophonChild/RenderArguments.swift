/// What the parent tells a child on its command line that is to draw one page; the document itself is standard input.
package struct RenderArguments: Equatable, Sendable {
    private static let task = "render"

    /// From 1.
    package var pageNumber: Int
    /// The image's width in pixels, unless that gives too many of them.
    package var width: Int
    /// The most pixels that the image may have.
    package var pixelsMax: Int
    package var guards: ChildGuards

    package init(pageNumber: Int, width: Int, pixelsMax: Int, guards: ChildGuards) {
        self.pageNumber = pageNumber
        self.width = width
        self.pixelsMax = pixelsMax
        self.guards = guards
    }

    package var words: [String] { [Self.task] + guards.words + ["\(pageNumber)", "\(width)", "\(pixelsMax)"] }

    /// Nil unless the words are what `words` gives.
    package init?(words: [String]) {
        let own = words.dropFirst(1 + ChildGuards.wordCount).map { Int($0) ?? 0 }
        guard words.first == Self.task, own.count == 3, let guards = ChildGuards(words: words.dropFirst().prefix(ChildGuards.wordCount)),
            own[0] >= 1, own[1] >= 1, own[2] >= own[1]
        else { return nil }
        self.init(pageNumber: own[0], width: own[1], pixelsMax: own[2], guards: guards)
    }
}
