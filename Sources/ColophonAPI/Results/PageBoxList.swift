/// Where the items of one page of a run's result lie, to be drawn over the page's image.
public struct PageBoxList: Codable, Sendable, Equatable {
    public var documentId: String
    /// The run that found them.
    public var runId: String
    /// From 1.
    public var pageNumber: Int
    /// In points, 1/72 inch.
    public var width: Double
    public var height: Double
    /// In reading order.
    public var boxes: [Box]

    public struct Box: Codable, Sendable, Equatable {
        /// What the item is, as DoclingDocument calls it: `section_header`, `text`, `table`, `picture`, …
        public var label: String
        /// The text that lies here, cut after 200 characters; empty for pictures.
        public var text: String
        /// The item in the run's JSON, such as `#/texts/3`.
        public var ref: String
        /// In points from the page's top left corner: left, top, right, bottom.
        public var l: Double
        public var t: Double
        public var r: Double
        public var b: Double

        public init(label: String, text: String, ref: String, l: Double, t: Double, r: Double, b: Double) {
            self.label = label
            self.text = text
            self.ref = ref
            self.l = l
            self.t = t
            self.r = r
            self.b = b
        }
    }

    public init(documentId: String, runId: String, pageNumber: Int, width: Double, height: Double, boxes: [Box]) {
        self.documentId = documentId
        self.runId = runId
        self.pageNumber = pageNumber
        self.width = width
        self.height = height
        self.boxes = boxes
    }
}
