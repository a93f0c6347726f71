/// Reads the central directory of a zip file (APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.3.16).
struct ZipDirectory {
    private static let endMark = 0x0605_4B50
    private static let entryMark = 0x0201_4B50
    private static let localMark = 0x0403_4B50
    private static let endCount = 22
    private static let entryCount = 46
    private static let localCount = 30
    private static let commentMax = 65_535
    private static let encryptedFlag = 1
    private static let wideExtra = 1
    /// Stands for a number that the extra field holds in 64 bits.
    private static let wide = 0xFFFF_FFFF

    private let bytes: UnsafeRawBufferPointer
    private let start: Int
    private let end: Int
    private let count: Int

    init(_ bytes: UnsafeRawBufferPointer) throws(FormatFailure) {
        self.bytes = bytes
        var offset = bytes.count - Self.endCount
        let first = max(0, offset - Self.commentMax)
        while offset >= first, bytes.uint32(at: offset) != Self.endMark { offset -= 1 }
        guard offset >= first, let count = bytes.uint16(at: offset + 10), let length = bytes.uint32(at: offset + 12),
            let start = bytes.uint32(at: offset + 16)
        else { throw .damaged("it is not a zip file or its end is missing") }
        guard count != 0xFFFF, length != Self.wide, start != Self.wide else {
            throw .tooLarge("it holds more than \(ZipArchive.entriesMax) parts or 4 GiB")
        }
        guard count <= ZipArchive.entriesMax else { throw .tooLarge("it holds more than \(ZipArchive.entriesMax) parts") }
        guard start + length <= offset else { throw .damaged("its directory lies outside of it") }
        self.start = start
        self.count = count
        end = start + length
    }

    /// The entries by `ZipArchive.key`, with the places of their bytes checked.
    func entries() throws(FormatFailure) -> [String: ZipArchive.Entry] {
        var entries: [ZipArchive.Entry] = []
        var offset = start
        for _ in 0..<count { entries.append(try entry(at: &offset)) }
        entries.sort { $0.offset < $1.offset }
        var byName: [String: ZipArchive.Entry] = [:]
        var free = 0
        for var entry in entries {
            guard entry.offset >= free, bytes.uint32(at: entry.offset) == Self.localMark,
                let nameCount = bytes.uint16(at: entry.offset + 26), let extraCount = bytes.uint16(at: entry.offset + 28)
            else { throw .damaged("its parts overlap or are not where its directory says") }
            let data = entry.offset + Self.localCount + nameCount + extraCount
            guard data <= start, entry.packedCount <= start - data else { throw .damaged("it was cut off") }
            entry.data = data..<(data + entry.packedCount)
            free = entry.data.upperBound
            guard byName.updateValue(entry, forKey: ZipArchive.key(entry.name)) == nil else { throw .damaged("two parts share a name") }
        }
        return byName
    }

    private func entry(at offset: inout Int) throws(FormatFailure) -> ZipArchive.Entry {
        guard offset <= end - Self.entryCount, bytes.uint32(at: offset) == Self.entryMark, let flags = bytes.uint16(at: offset + 8),
            let method = bytes.uint16(at: offset + 10), let checksum = bytes.uint32(at: offset + 16),
            let packedCount = bytes.uint32(at: offset + 20), let count = bytes.uint32(at: offset + 24),
            let nameCount = bytes.uint16(at: offset + 28), let extraCount = bytes.uint16(at: offset + 30),
            let commentCount = bytes.uint16(at: offset + 32), let local = bytes.uint32(at: offset + 42)
        else { throw .damaged("its directory is broken") }
        let name = offset + Self.entryCount
        let extra = name + nameCount
        guard extra + extraCount + commentCount <= end else { throw .damaged("its directory is broken") }
        guard flags & Self.encryptedFlag == 0 else { throw .passwordProtected }
        offset = extra + extraCount + commentCount
        var entry = ZipArchive.Entry(
            name: String(decoding: bytes[name..<extra], as: UTF8.self), method: method, checksum: UInt32(truncatingIfNeeded: checksum),
            packedCount: packedCount, count: count, offset: local)
        try widen(&entry, extra: extra..<(extra + extraCount))
        return entry
    }

    /// Takes the numbers that do not fit 32 bits from the extra field (section 4.5.3); some programs put all of them there.
    private func widen(_ entry: inout ZipArchive.Entry, extra: Range<Int>) throws(FormatFailure) {
        guard entry.count == Self.wide || entry.packedCount == Self.wide || entry.offset == Self.wide else { return }
        var offset = extra.lowerBound
        while offset <= extra.upperBound - 4, let kind = bytes.uint16(at: offset), let length = bytes.uint16(at: offset + 2) {
            offset += 4
            let fieldEnd = offset + length
            guard fieldEnd <= extra.upperBound else { break }
            guard kind == Self.wideExtra else {
                offset = fieldEnd
                continue
            }
            for number in [\ZipArchive.Entry.count, \.packedCount, \.offset] where entry[keyPath: number] == Self.wide {
                guard offset + 8 <= fieldEnd, let value = bytes.uint64(at: offset), value <= Int.max >> 1 else {
                    throw .damaged("its directory is broken")
                }
                entry[keyPath: number] = value
                offset += 8
            }
            return
        }
        throw .damaged("its directory is broken")
    }
}
