/// The attributes of an element, without the declarations of namespaces.
package struct XMLAttributes: Sendable {
    var all: [(name: XMLName, value: String)] = []

    /// The value of an attribute without prefix, or with that of the word processing namespace, which prefixes all of its own.
    package subscript(local: String) -> String? {
        for attribute in all where attribute.name.local == local {
            if attribute.name.space == .none || attribute.name.space == .word { return attribute.value }
        }
        return nil
    }

    package subscript(space: XMLSpace, local: String) -> String? {
        all.first { $0.name.space == space && $0.name.local == local }?.value
    }

    /// The value as a whole number; `nil` as well when it is none.
    package func integer(_ local: String) -> Int? { self[local].flatMap { Int($0) } }
}
