import ColophonCore

/// Writes a ZIP file front to back, its files stored as they are (PKWARE APPNOTE 6.3.10): what is written need not be kept.
///
/// Sizes are known beforehand, so that the whole can be announced. Below 4 GiB and 65,535 files: whoever writes more stops before.
struct ZipWriter {
    private struct Entry {
        var name: [UInt8]
        var crc: UInt32
        var size: UInt32
        var offset: UInt32
        var time: UInt32
    }

    private var entries: [Entry] = []
    private var offset = 0

    private static let localHeaderBytes = 30
    private static let centralHeaderBytes = 46
    private static let endBytes = 22
    /// Names are UTF-8.
    private static let flags: UInt16 = 1 << 11
    /// 2.0, which every program reads.
    private static let version: UInt16 = 20

    /// How long a file of these entries will be, in bytes.
    static func length(of files: [(name: String, bytes: Int)]) -> Int {
        files.reduce(endBytes) { $0 + localHeaderBytes + centralHeaderBytes + 2 * $1.name.utf8.count + $1.bytes }
    }

    /// - Parameter modified: Shown as UTC, to two seconds.
    /// - Returns: What comes next in the file.
    mutating func add(_ name: String, _ bytes: [UInt8], modified: Timestamp) -> [UInt8] {
        precondition(offset + bytes.count < Int(UInt32.max) && entries.count < Int(UInt16.max), "a ZIP file has 4 GiB at most")
        let entry = Entry(
            name: Array(name.utf8), crc: CRC32.checksum(of: bytes), size: UInt32(bytes.count), offset: UInt32(offset),
            time: Self.dosTime(modified))
        entries.append(entry)
        var out: [UInt8] = []
        out.reserveCapacity(Self.localHeaderBytes + entry.name.count + bytes.count)
        out.append(little: 0x0403_4B50 as UInt32)
        Self.describe(entry, in: &out)
        out += entry.name
        out += bytes
        offset += out.count
        return out
    }

    /// - Returns: The end of the file.
    func end() -> [UInt8] {
        var out: [UInt8] = []
        for entry in entries {
            out.append(little: 0x0201_4B50 as UInt32)
            out.append(little: Self.version)
            Self.describe(entry, in: &out)
            // Comment, disk, attributes: none.
            out += [UInt8](repeating: 0, count: 10)
            out.append(little: entry.offset)
            out += entry.name
        }
        let size = UInt32(out.count)
        out.append(little: 0x0605_4B50 as UInt32)
        out.append(little: 0 as UInt32)
        out.append(little: UInt16(entries.count))
        out.append(little: UInt16(entries.count))
        out.append(little: size)
        out.append(little: UInt32(offset))
        out.append(little: 0 as UInt16)
        return out
    }

    /// What both headers of a file have in common.
    private static func describe(_ entry: Entry, in out: inout [UInt8]) {
        out.append(little: version)
        out.append(little: flags)
        out.append(little: 0 as UInt16)
        out.append(little: entry.time)
        out.append(little: entry.crc)
        out.append(little: entry.size)
        out.append(little: entry.size)
        out.append(little: UInt16(entry.name.count))
        out.append(little: 0 as UInt16)
    }

    /// The date above the time, as MS-DOS had them; nothing is before 1980.
    private static func dosTime(_ time: Timestamp) -> UInt32 {
        // 2031-03-14T09:00:00.000Z
        let parts = time.text.split(whereSeparator: { !$0.isASCII || !$0.isNumber }).compactMap { UInt32($0) }
        guard parts.count >= 6, parts[0] >= 1980, parts[0] < 2108 else { return 1 << 21 | 1 << 16 }
        return (parts[0] - 1980) << 25 | parts[1] << 21 | parts[2] << 16 | parts[3] << 11 | parts[4] << 5 | parts[5] / 2
    }
}

extension [UInt8] {
    fileprivate mutating func append(little value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }
}
