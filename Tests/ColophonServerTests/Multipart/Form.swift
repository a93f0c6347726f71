@testable import ColophonServer

/// A form as its sender writes it, for tests to send and to compare with what was read.
struct Form {
    struct Part: Equatable {
        var name: String
        var fileName: String?
        var contentType: String?
        var bytes: [UInt8]

        init(_ name: String, fileName: String? = nil, contentType: String? = nil, _ bytes: [UInt8]) {
            (self.name, self.fileName, self.contentType, self.bytes) = (name, fileName, contentType, bytes)
        }

        init(_ name: String, fileName: String? = nil, contentType: String? = nil, _ text: String) {
            self.init(name, fileName: fileName, contentType: contentType, Array(text.utf8))
        }
    }

    var boundary: String
    var parts: [Part]
    /// How many bytes are sent; nil sends all.
    var cut: Int?

    init(boundary: String = "----FormBoundaryq7", parts: [Part]) { (self.boundary, self.parts) = (boundary, parts) }

    var contentType: String { "multipart/form-data; boundary=\(boundary)" }

    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        for part in parts {
            bytes += Array("--\(boundary)\r\nContent-Disposition: form-data; name=\"\(part.name)\"".utf8)
            if let name = part.fileName { bytes += Array("; filename=\"\(name)\"".utf8) }
            if let type = part.contentType { bytes += Array("\r\nContent-Type: \(type)".utf8) }
            bytes += Array("\r\n\r\n".utf8) + part.bytes + Array("\r\n".utf8)
        }
        bytes += Array("--\(boundary)--\r\n".utf8)
        return Array(bytes.prefix(cut ?? bytes.count))
    }
}

/// What a parser made of some bytes, however they were cut.
struct ParsedForm: Equatable {
    var parts: [Form.Part] = []
    /// Of the part that has begun and not ended.
    var isInPart = false
    var isComplete = false
    /// The code of the error that ended it.
    var error: String?

    init(_ pieces: some Sequence<ArraySlice<UInt8>>, boundary: String) {
        var parser = MultipartParser(boundary: boundary)
        do {
            for piece in pieces {
                parser.feed(piece)
                while let event = try parser.next() {
                    switch event {
                    case .begin(let head):
                        parts.append(Form.Part(head.name, fileName: head.fileName, contentType: head.contentType, [UInt8]()))
                        isInPart = true
                    case .bytes(let bytes): parts[parts.count - 1].bytes += bytes
                    case .end: isInPart = false
                    }
                }
            }
        } catch {
            self.error = "\(error)"
        }
        isComplete = parser.isComplete
    }
}
