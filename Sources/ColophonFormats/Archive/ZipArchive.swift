/// The entries of a zip file in memory, unpacked one at a time when they are asked for.
///
/// Names are only ever compared, never opened as paths. They compare without regard to the case of ASCII letters, as the
/// parts of office files do (ECMA-376 part 2, section 6.2.2.3).
package struct ZipArchive {
    package static let entriesMax = 10_000
    /// For all entries that are read together, in bytes; one that is read twice counts twice.
    package static let inflatedBytesMax = 256 << 20

    struct Entry {
        var name: String
        var method: Int
        var checksum: UInt32
        var packedCount: Int
        var count: Int
        /// Of the local header, from the start of the file.
        var offset: Int
        /// Of the packed bytes; known once the local header has been read.
        var data = 0..<0
    }

    private static let stored = 0
    private static let deflated = 8
    /// A deflate stream cannot unpack to more than this for each of its bytes.
    private static let ratioMax = 1_032

    private let bytes: UnsafeRawBufferPointer
    private let inflater: Inflater
    private let entries: [String: Entry]
    private let inflatedBytesMax: Int
    private var inflatedBytesLeft: Int

    /// Reads the directory; the bytes must outlive the archive.
    ///
    /// - Throws: `damaged` for what is no zip file or whose entries lie outside of it, overlap or share a name,
    ///   `tooLarge` for more than `entriesMax` entries, `passwordProtected` when an entry is encrypted.
    /// - Complexity: O(n log n) in the number of entries.
    package init(
        _ bytes: UnsafeRawBufferPointer, inflater: Inflater, inflatedBytesMax: Int = Self.inflatedBytesMax
    ) throws(FormatFailure) {
        if let failure = CompoundFile.failure(of: bytes) { throw failure }
        self.bytes = bytes
        self.inflater = inflater
        self.inflatedBytesMax = inflatedBytesMax
        inflatedBytesLeft = inflatedBytesMax
        entries = try ZipDirectory(bytes).entries()
    }

    /// In no particular order, with the letters A to Z in lower case.
    package var names: some Collection<String> { entries.keys }

    package func contains(_ name: String) -> Bool { entries[Self.key(name)] != nil }

    /// The bytes of an entry; `nil` when there is none of this name.
    ///
    /// - Throws: `damaged` when they are not what the directory says, `tooLarge` when all that was read exceeds `inflatedBytesMax`.
    package mutating func read(_ name: String) throws(FormatFailure) -> [UInt8]? {
        guard let entry = entries[Self.key(name)] else { return nil }
        guard entry.count <= inflatedBytesLeft else { throw .tooLarge("it unpacks to more than \(inflatedBytesMax >> 20) MiB") }
        let packed = UnsafeRawBufferPointer(rebasing: bytes[entry.data])
        var content: [UInt8]?
        switch entry.method {
        case Self.stored: content = entry.count == packed.count ? [UInt8](packed) : nil
        case Self.deflated:
            // So that a lie about the size costs no memory.
            let countMax = packed.count.multipliedReportingOverflow(by: Self.ratioMax)
            if countMax.overflow || entry.count <= countMax.partialValue { content = inflater.inflate(packed, count: entry.count) }
        default: throw .damaged("a part is packed by a method that office files do not use")
        }
        guard let content, inflater.checksum(of: content) == entry.checksum else { throw .damaged("a part of it does not unpack") }
        inflatedBytesLeft -= content.count
        return content
    }

    static func key(_ name: String) -> String {
        guard name.utf8.contains(where: { (0x41...0x5A).contains($0) || $0 == UInt8(ascii: "\\") }) else { return name }
        let key = name.utf8.map { byte in
            (0x41...0x5A).contains(byte) ? byte | 0x20 : byte == UInt8(ascii: "\\") ? UInt8(ascii: "/") : byte
        }
        return String(decoding: key, as: UTF8.self)
    }
}
