/// Something on the wire that the protocol does not allow.
package struct WireFault: Error, CustomStringConvertible {
    package var description: String

    package init(_ description: String, at bytes: some Sequence<UInt8>) {
        self.description = "\(description): \(String(decoding: Array(bytes.prefix(200)), as: UTF8.self).debugDescription)"
    }
}
