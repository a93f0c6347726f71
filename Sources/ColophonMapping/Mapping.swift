/// A versioned set of rules that turns an extracted document into fields and fields into XML.
///
/// What a mapping may say, and what bounds it, is in the project's `Docs/mapping.md`; `mapping.schema.json` beside the built-in ones is its JSON
/// Schema. A mapping executes nothing: its cost grows with its own length times that of the document.
package struct Mapping: Sendable {
    /// Its name with its version, such as `invoice_generic_v1`; never means something else once it was released.
    package let name: String
    package let title: String
    /// What it is for, for people; empty where it does not say.
    package let summary: String
    /// What the operator must or may set for it.
    package let settings: [Setting]
    let dateOrder: DateReader.Order
    let decimal: NumberReader.Separator
    let tables: [String: [String: String]]
    let fields: [FieldRule]
    let lists: [ListRule]
    let computations: [Computation]
    let checks: [Check]
    let xml: ElementTemplate

    package struct Setting: Hashable, Sendable {
        package var name: String
        package var summary: String
        package var isRequired: Bool
        var pattern: Pattern?
    }

    /// A field that is calculated.
    struct Computation: Sendable {
        var field: String
        /// The list whose column it is; nil for a field of the document.
        var list: String?
        var expression: Expression
        /// Only where nothing was found.
        var isFallback: Bool
    }

    /// What must hold.
    struct Check: Sendable {
        /// The list for whose lines it must; nil for the document.
        var list: String?
        var condition: Expression
        var message: MessageTemplate
        /// What it is about, for people who look for the place.
        var field: String?
        /// Whether the XML is made all the same.
        var onlyWarns: Bool
    }

    /// Whether it looks into the electronic invoice that a document carries.
    var hasEmbedded: Bool { fields.contains(where: \.hasEmbedded) || lists.contains { !$0.embedded.isEmpty } }

    /// The largest file of a mapping, in bytes.
    package static let bytesMax = LocatedJSON.bytesMax

    /// Reads a mapping's file.
    ///
    /// - Throws: `MappingFileError` with the line, for whatever would only come out once a document is mapped too: names that nothing has, patterns
    ///   and calculations that cannot be read.
    package init(json: [UInt8]) throws(MappingFileError) {
        self = try MappingReader(json).mapping()
    }

    init(
        name: String, title: String, summary: String, settings: [Setting], dateOrder: DateReader.Order, decimal: NumberReader.Separator,
        tables: [String: [String: String]], fields: [FieldRule], lists: [ListRule], computations: [Computation], checks: [Check],
        xml: ElementTemplate
    ) {
        self.name = name
        self.title = title
        self.summary = summary
        self.settings = settings
        self.dateOrder = dateOrder
        self.decimal = decimal
        self.tables = tables
        self.fields = fields
        self.lists = lists
        self.computations = computations
        self.checks = checks
        self.xml = xml
    }
}
