import ColophonCore

/// Where PostgreSQL keeps a row: a page and the number of a pointer in it (PostgreSQL documentation, section 73.6).
struct RowPlace {
    var page: UInt32
    var pointer: UInt16

    /// As one number, in the order in which rows lie.
    var number: Int64 { Int64(page) << 16 | Int64(pointer) }

    init(number: Int64) { (page, pointer) = (UInt32(truncatingIfNeeded: number >> 16), UInt16(truncatingIfNeeded: number)) }

    /// - Parameter text: As the server writes it, `(7,3)`.
    init(text: some Sequence<UInt8>) throws {
        let parts = String(decoding: Array(text), as: UTF8.self).dropFirst().dropLast().split(separator: ",")
        guard parts.count == 2, let page = UInt32(parts[0]), let pointer = UInt16(parts[1]) else {
            throw ColophonError(.internal, "The database answered with a row's place that is none.")
        }
        (self.page, self.pointer) = (page, pointer)
    }
}
