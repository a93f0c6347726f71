import DoclingDocument
import Glibc

@testable import ColophonFormats

/// Writes small zip files, and wrong ones where a test asks for it.
struct ZipFixture {
    struct Entry {
        var name: String
        var content: [UInt8] = []
        var isDeflated = false
        var isEncrypted = false
        var declaredCount: Int?
        var checksum: UInt32?
        var declaredOffset: Int?
    }

    var entries: [Entry] = []

    init(_ entries: [Entry] = []) { self.entries = entries }

    init(_ parts: KeyValuePairs<String, String>, isDeflated: Bool = false) {
        entries = parts.map { Entry(name: $0.key, content: [UInt8]($0.value.utf8), isDeflated: isDeflated) }
    }

    var bytes: [UInt8] {
        var file: [UInt8] = []
        var directory: [UInt8] = []
        for entry in entries {
            let data = entry.isDeflated ? Self.deflated(entry.content) : entry.content
            let name = [UInt8](entry.name.utf8)
            let offset = entry.declaredOffset ?? file.count
            let common =
                Self.little(entry.isEncrypted ? 1 : 0, 2) + Self.little(entry.isDeflated ? 8 : 0, 2) + Self.little(0, 4)
                + Self.little(Int(entry.checksum ?? Inflater.load()?.checksum(of: entry.content) ?? 0), 4) + Self.little(data.count, 4)
                + Self.little(entry.declaredCount ?? entry.content.count, 4) + Self.little(name.count, 2) + Self.little(0, 2)
            file += Self.little(0x0403_4B50, 4) + Self.little(20, 2) + common + name + data
            directory += Self.little(0x0201_4B50, 4) + Self.little(20, 2) + Self.little(20, 2) + common + Self.little(0, 2)
            directory += Self.little(0, 2) + Self.little(0, 2) + Self.little(0, 4) + Self.little(offset, 4) + name
        }
        let count = min(entries.count, 0xFFFE)
        return file + directory + Self.little(0x0605_4B50, 4) + Self.little(0, 4) + Self.little(count, 2) + Self.little(count, 2)
            + Self.little(directory.count, 4) + Self.little(file.count, 4) + Self.little(0, 2)
    }

    static func little(_ number: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) } }

    private typealias Compress =
        @convention(c) (
            UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<CUnsignedLong>?, UnsafePointer<UInt8>?, CUnsignedLong, CInt
        ) -> CInt

    /// A raw stream: what zlib makes, without its header and trailer.
    static func deflated(_ content: [UInt8]) -> [UInt8] {
        guard let library = dlopen("libz.so.1", RTLD_NOW), let symbol = dlsym(library, "compress2") else { return [] }
        var used = CUnsignedLong(content.count + content.count / 100 + 100)
        var packed = [UInt8](repeating: 0, count: Int(used))
        _ = unsafeBitCast(symbol, to: Compress.self)(&packed, &used, content, CUnsignedLong(content.count), 9)
        return [UInt8](packed[2..<(Int(used) - 4)])
    }
}

/// Runs a reader and tells documents from failures.
func read(
    _ bytes: [UInt8], with reader: (UnsafeRawBufferPointer, String, Inflater) throws(FormatFailure) -> DoclingDocument
) throws -> DoclingDocument {
    guard let inflater = Inflater.load() else { throw FormatFailure.damaged("this machine has no zlib") }
    return try bytes.withUnsafeBytes { try reader($0, "sample", inflater) }
}

extension DoclingDocument {
    /// The tree as lines: label, level or marker and text, indented by depth.
    var officeOutline: [String] {
        func lines(_ reference: Reference, _ depth: Int) -> [String] {
            guard let node = node(at: reference) else { return ["dangling"] }
            var line = String(repeating: "  ", count: depth)
            switch node {
            case let text as TextItem:
                line += text.label.rawValue + (text.level.map { " \($0)" } ?? "") + (text.marker.map { $0.isEmpty ? "" : " \($0)" } ?? "")
                line += ": \(text.text)"
            case let group as GroupItem: line += "\(group.label.rawValue) \(group.name)"
            case let table as TableItem: line += "table \(table.data.rowCount)x\(table.data.columnCount)"
            default: line += "picture"
            }
            return [line] + node.children.flatMap { lines($0, depth + 1) }
        }
        return body.children.flatMap { lines($0, 0) }
    }
}
