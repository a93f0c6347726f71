/// The name of a member as it stands in the JSON text, compared without making a string of it.
struct JSONName {
    let bytes: UnsafeBufferPointer<UInt8>
    /// Set when the name was written with escapes or beyond ASCII, so that its bytes are not its text.
    let decoded: String?

    var string: String { decoded ?? String(decoding: bytes, as: UTF8.self) }

    @inline(__always)
    static func ~= (pattern: StaticString, name: JSONName) -> Bool {
        let count = pattern.utf8CodeUnitCount
        guard name.decoded == nil else { return name.decoded == pattern.description }
        guard count == name.bytes.count else { return false }
        let start = pattern.utf8Start
        for index in 0..<count where name.bytes[index] != start[index] { return false }
        return true
    }
}
