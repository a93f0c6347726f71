/// What the parent tells a child on its command line that is to draw one page; the document itself is standard input.
package struct RenderArguments: Equatable, Sendable {
    private static let task = "render"
    private static let whole = "whole"

    /// From 1.
    package var pageNumber: Int
    /// The image's width in pixels, unless that gives too many of them.
    package var width: Int
    /// The most pixels that the image may have.
    package var pixelsMax: Int
    /// The part of the page that is drawn; nil draws all of it.
    package var region: Region?
    package var guards: ChildGuards

    /// In points from the upper left corner of the page as it is shown.
    package struct Region: Equatable, Sendable {
        package var left: Double
        package var top: Double
        package var right: Double
        package var bottom: Double

        package init(left: Double, top: Double, right: Double, bottom: Double) {
            (self.left, self.top, self.right, self.bottom) = (left, top, right, bottom)
        }

        var word: String { "\(left),\(top),\(right),\(bottom)" }

        init?(word: String) {
            let sides = word.split(separator: ",").compactMap { Double($0) }
            guard sides.count == 4, sides.allSatisfy(\.isFinite), sides[2] > sides[0], sides[3] > sides[1] else { return nil }
            self.init(left: sides[0], top: sides[1], right: sides[2], bottom: sides[3])
        }
    }

    package init(pageNumber: Int, width: Int, pixelsMax: Int, region: Region? = nil, guards: ChildGuards) {
        self.region = region
        self.pageNumber = pageNumber
        self.width = width
        self.pixelsMax = pixelsMax
        self.guards = guards
    }

    package var words: [String] { [Self.task] + guards.words + ["\(pageNumber)", "\(width)", "\(pixelsMax)", region?.word ?? Self.whole] }

    /// Nil unless the words are what `words` gives.
    package init?(words: [String]) {
        let last = words.last ?? ""
        let region = Region(word: last)
        let own = words.dropFirst(1 + ChildGuards.wordCount).dropLast().map { Int($0) ?? 0 }
        guard words.first == Self.task, own.count == 3, region != nil || last == Self.whole,
            let guards = ChildGuards(words: words.dropFirst().prefix(ChildGuards.wordCount)),
            own[0] >= 1, own[1] >= 1, own[2] >= own[1]
        else { return nil }
        self.init(pageNumber: own[0], width: own[1], pixelsMax: own[2], region: region, guards: guards)
    }
}
