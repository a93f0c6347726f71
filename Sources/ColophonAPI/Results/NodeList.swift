/// The parts of a run's result, in reading order.
public struct NodeList: Codable, Sendable, Equatable {
    public var nodes: [Node]
    /// How many there are of the kind that was asked for.
    public var total: Int
    public var limit: Int
    /// How many of them come before the first of `nodes`.
    public var offset: Int

    public struct Node: Codable, Sendable, Equatable {
        /// As the structure refers to it: `#/texts/0`, `#/tables/0/rows/1`, ….
        public var id: String
        /// `document, page, table, row, cell, text, figure, header, footer`.
        public var type: String
        /// The structure's own word for it, where it has one.
        @Nullable public var label: String?
        @Nullable public var text: String?
        /// From 1.
        @Nullable public var pageNumber: Int?
        @Nullable public var bbox: Box?
        /// Always `pending`: nobody verifies nodes here.
        public var status: String

        public init(id: String, type: String, label: String?, text: String?, pageNumber: Int?, bbox: Box?, status: String) {
            self.id = id
            self.type = type
            self.label = label
            self.text = text
            self.pageNumber = pageNumber
            self.bbox = bbox
            self.status = status
        }
    }

    /// A rectangle on a page, in points, 1/72 inch.
    public struct Box: Codable, Sendable, Equatable {
        public var l: Double
        public var t: Double
        public var r: Double
        public var b: Double
        /// `BOTTOMLEFT` or `TOPLEFT`: the corner that `t` and `b` are counted from.
        public var coordOrigin: String

        public init(l: Double, t: Double, r: Double, b: Double, coordOrigin: String) {
            self.l = l
            self.t = t
            self.r = r
            self.b = b
            self.coordOrigin = coordOrigin
        }
    }

    public init(nodes: [Node], total: Int, limit: Int, offset: Int) {
        self.nodes = nodes
        self.total = total
        self.limit = limit
        self.offset = offset
    }
}
