import ColophonCore
import FoundationEssentials
import HTTPTypes
import Hummingbird

/// What the sender calls the file: `X-File-Name`, percent-encoded where it is not ASCII.
enum FileName {
    /// The longest header value that is looked at, in bytes.
    static let bytesMax = 2048

    static func sent(with request: Request) throws -> String? {
        guard let value = request.headers[.fileName] else { return nil }
        guard value.utf8.count <= bytesMax else { throw ColophonError(.invalid, "X-File-Name is too long.", field: "X-File-Name") }
        return decoded(value)
    }

    /// The decoded name, or the text as it is where it is no valid encoding.
    static func decoded(_ value: String) -> String {
        var bytes: [UInt8] = []
        var rest = value.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%") {
                guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else { return value }
                bytes.append(high << 4 | low)
            } else {
                bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self) ?? value
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }
}
