/// Where a value was read: a box on the page as it is shown, in points from its top left corner, and what stands there.
package struct ValuePlace: Hashable, Sendable {
    /// From 1.
    package var page: Int
    package var left: Double
    package var top: Double
    package var right: Double
    package var bottom: Double
    package var text: String
}
