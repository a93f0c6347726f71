/// Members that an object leaves out although the schema gives them a default.
///
/// A document that was read must not gain members when it is written again, so each model remembers which of its
/// members with a default were absent and writes such a one only when its value differs from the default.
struct MemberSet: OptionSet, Hashable, Sendable {
    let rawValue: UInt32

    static let selfRef = Self(rawValue: 1 << 0)
    static let children = Self(rawValue: 1 << 1)
    static let contentLayer = Self(rawValue: 1 << 2)
    static let label = Self(rawValue: 1 << 3)
    static let prov = Self(rawValue: 1 << 4)
    static let source = Self(rawValue: 1 << 5)
    static let comments = Self(rawValue: 1 << 6)
    static let captions = Self(rawValue: 1 << 7)
    static let references = Self(rawValue: 1 << 8)
    static let footnotes = Self(rawValue: 1 << 9)
    static let annotations = Self(rawValue: 1 << 10)
    static let name = Self(rawValue: 1 << 11)
    static let text = Self(rawValue: 1 << 12)
    static let orig = Self(rawValue: 1 << 13)
    static let data = Self(rawValue: 1 << 14)
    static let cells = Self(rawValue: 1 << 15)
    static let links = Self(rawValue: 1 << 16)

    static let node: Self = [.selfRef, .children, .contentLayer]
    static let docItem: Self = [.selfRef, .children, .contentLayer, .label, .prov, .source, .comments]
    static let floating: Self = [.captions, .references, .footnotes]
    /// What docling-core itself leaves out while empty.
    static let leftOutWhileEmpty: Self = [.source, .comments]

    /// - Throws: `missingMember` naming the first of `required` that is in this set.
    func requireNone(of required: [(MemberSet, StaticString)], _ reader: JSONReader) throws(DoclingDocumentError) {
        for (member, name) in required where contains(member) {
            throw DoclingDocumentError(.missingMember, "\(name) is missing", offset: reader.position)
        }
    }
}
