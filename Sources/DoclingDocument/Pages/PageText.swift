/// What a page says word by word, for readers that go by where words stand. It is no part of a DoclingDocument, whose items are blocks and cells.
///
/// Lengths are in points, in the frame in which most of the text is upright; `turns` quarter turns clockwise make it the page as it is shown.
package struct PageText: Hashable, Sendable {
    /// From 1.
    package var number: Int
    package var width: Float
    package var height: Float
    /// From 0 to 3.
    package var turns: Int
    /// In no particular order.
    package var words: [Word]

    package init(number: Int, width: Float, height: Float, turns: Int = 0, words: [Word] = []) {
        self.number = number
        self.width = width
        self.height = height
        self.turns = turns & 3
        self.words = words
    }

    /// Letters without white space, and where they stand, from the top left corner.
    package struct Word: Hashable, Sendable {
        package var text: String
        package var left: Float
        package var top: Float
        package var right: Float
        package var bottom: Float

        package init(_ text: String, left: Float, top: Float, right: Float, bottom: Float) {
            self.text = text
            self.left = left
            self.top = top
            self.right = right
            self.bottom = bottom
        }
    }
}
