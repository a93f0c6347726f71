/// A node of the document's tree.
public protocol NodeItem: Hashable, Sendable {
    /// The JSON pointer of this node in its document, such as `#/texts/3`.
    var selfRef: String { get set }
    /// `nil` only for the roots.
    var parent: Reference? { get set }
    /// In reading order.
    var children: [Reference] { get set }
    var contentLayer: ContentLayer { get set }
    /// What was found out about the node: summaries, descriptions, classes.
    var meta: ItemMeta? { get set }
    /// Members that this library does not model, and modelled ones that were `null`.
    var extra: [String: JSONValue] { get set }
}

/// A node with content of its own.
public protocol DocItem: NodeItem {
    var label: DocItemLabel { get set }
    /// Where the item was found on the pages of its source; empty for formats without pages.
    var prov: [Provenance] { get set }
    /// Where the item was found in a source that runs in time, such as the track of a film.
    var source: [JSONValue] { get set }
    /// The comments about this item, which are items of the layer `notes`.
    var comments: [FineReference] { get set }
}

/// An item that may stand away from the text that speaks of it, with captions and footnotes of its own.
public protocol FloatingItem: DocItem {
    var captions: [Reference] { get set }
    var references: [Reference] { get set }
    var footnotes: [Reference] { get set }
    var image: ImageReference? { get set }
}
