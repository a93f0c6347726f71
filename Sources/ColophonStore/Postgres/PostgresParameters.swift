import Foundation

/// Values on their way to the server, in the wire's text form; the server infers their types from where they stand, so that a
/// statement is planned once, whichever of its values are null.
struct PostgresParameters {
    private let texts: [String?]

    init(_ values: [SQLValue]) {
        texts = values.map { value in
            switch value {
            case .null: nil
            case .integer(let value): String(value)
            // The server's text cannot hold a zero byte.
            case .text(let value): value.utf8.contains(0) ? value.replacing("\0", with: "\u{FFFD}") : value
            case .bytes(let value): "\\x" + value.reduce(into: "") { $0 += ($1 < 16 ? "0" : "") + String($1, radix: 16) }
            }
        }
    }

    /// Calls `body` with C arrays of values, their lengths and their formats, valid during the call.
    func withPointers<Result>(
        _ body: (UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?) -> Result
    ) -> Result {
        var bytes: [CChar] = []
        var offsets: [Int?] = []
        for text in texts {
            guard var text else {
                offsets.append(nil)
                continue
            }
            offsets.append(bytes.count)
            text.withUTF8 { $0.withMemoryRebound(to: CChar.self) { bytes.append(contentsOf: $0) } }
            bytes.append(0)
        }
        return bytes.withUnsafeBufferPointer { bytes in
            // An empty array has no address to count from, and no value needs one then.
            let pointers = offsets.map { offset in offset.flatMap { start in bytes.baseAddress.map { $0 + start } } }
            return pointers.withUnsafeBufferPointer { body($0.baseAddress, nil, nil) }
        }
    }
}
