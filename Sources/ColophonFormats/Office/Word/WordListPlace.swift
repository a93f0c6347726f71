/// Which list a paragraph belongs to and how deep it lies in it.
struct WordListPlace: Equatable {
    static let levelMax = 8

    /// The number of the list; 0 takes a paragraph out of the list of its style.
    var list: Int
    /// From 0 to `levelMax`.
    var level: Int

    /// - Parameter properties: A `numPr`; `nil` comes of one that names no list.
    init?(_ properties: XMLElement) {
        guard let list = properties.child("numId")?.attributes.integer("val") else { return nil }
        self.list = list
        level = min(max(properties.child("ilvl")?.attributes.integer("val") ?? 0, 0), Self.levelMax)
    }
}
