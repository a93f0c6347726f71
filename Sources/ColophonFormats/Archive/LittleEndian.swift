extension UnsafeRawBufferPointer {
    /// - Returns: `nil` when the number does not lie within the bytes.
    func uint16(at offset: Int) -> Int? {
        guard offset >= 0, offset <= count - 2 else { return nil }
        return Int(UInt16(littleEndian: loadUnaligned(fromByteOffset: offset, as: UInt16.self)))
    }

    /// - Returns: `nil` when the number does not lie within the bytes.
    func uint32(at offset: Int) -> Int? {
        guard offset >= 0, offset <= count - 4 else { return nil }
        return Int(UInt32(littleEndian: loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
    }

    /// - Returns: `nil` when the number does not lie within the bytes or is too large to count with.
    func uint64(at offset: Int) -> Int? {
        guard offset >= 0, offset <= count - 8 else { return nil }
        return Int(exactly: UInt64(littleEndian: loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
    }
}
