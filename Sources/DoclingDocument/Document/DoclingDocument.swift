/// A document in the open format of the Docling project: its texts, tables and pictures in reading order, each with
/// the place where it was found.
///
/// The items lie in flat lists by kind and name each other by JSON pointers; `body` is the root of the tree. A value
/// read from JSON and written again stays the same, also where this library does not know a member or a label.
public struct DoclingDocument: Hashable, Sendable {
    /// The version of the schema that new documents follow.
    public static let schemaVersion = "1.9.0"

    /// The version that the document declares; any 1.x is read and kept.
    public var version: String
    /// A working name without extension.
    public var name: String
    public var origin: DocumentOrigin?
    /// The root of what repeats on pages in old documents; newer ones mark such items by their layer instead.
    public var furniture: GroupItem
    public var body: GroupItem
    public var groups: [GroupItem] = []
    public var texts: [TextItem] = []
    public var pictures: [PictureItem] = []
    public var tables: [TableItem] = []
    public var keyValueItems: [GraphItem] = []
    public var formItems: [GraphItem] = []
    /// Schema 1.10 and later.
    public var fieldRegions: [FieldItem] = []
    /// Schema 1.10 and later.
    public var fieldItems: [FieldItem] = []
    /// By page number, from 1.
    public var pages: [Int: DocumentPage] = [:]
    public var extra: [String: JSONValue] = [:]
    var leftOut: Members = [.fieldRegions, .fieldItems]

    /// An empty document of the schema version this library writes.
    public init(name: String, origin: DocumentOrigin? = nil) {
        version = DoclingDocument.schemaVersion
        self.name = name
        self.origin = origin
        furniture = GroupItem(selfRef: "#/furniture", name: "_root_")
        furniture.contentLayer = .furniture
        body = GroupItem(selfRef: "#/body", name: "_root_")
    }

    /// Members with a default that the source left out.
    struct Members: OptionSet, Hashable, Sendable {
        let rawValue: UInt16
        static let schemaName = Self(rawValue: 1 << 0)
        static let version = Self(rawValue: 1 << 1)
        static let name = Self(rawValue: 1 << 2)
        static let furniture = Self(rawValue: 1 << 3)
        static let body = Self(rawValue: 1 << 4)
        static let groups = Self(rawValue: 1 << 5)
        static let texts = Self(rawValue: 1 << 6)
        static let pictures = Self(rawValue: 1 << 7)
        static let tables = Self(rawValue: 1 << 8)
        static let keyValueItems = Self(rawValue: 1 << 9)
        static let formItems = Self(rawValue: 1 << 10)
        static let fieldRegions = Self(rawValue: 1 << 11)
        static let fieldItems = Self(rawValue: 1 << 12)
        static let pages = Self(rawValue: 1 << 13)
        static let all = Self(rawValue: 1 << 14 - 1)
    }
}
