import ColophonCore
import HTTPTypes
import Hummingbird

/// What a gateway is asked for: a file, a form that the answer is to have, and a mapping for XML.
struct GatewayRequest: Sendable {
    enum Answer: String, Sendable {
        case json = "application/json"
        case xml = "application/xml"
    }

    enum Content: Sendable {
        case pdf
        /// DoclingDocument JSON.
        case json
    }

    /// The largest file, in bytes.
    static let bytesMax: Int64 = 50 << 20
    /// `template` is what such services take; this one reads every layout with one set of rules.
    static let known: Set<String> = ["mapping", "template", "pretty"]

    var answer: Answer
    var content: Content
    var mapping: MappingChoice?
    var name: String
    var file: ScratchUpload
    var bytes: Int64

    /// What was done to the file, in order, as the answer says.
    var stages: String {
        switch (content, answer) {
        case (.pdf, .json): "pdf2json"
        case (.pdf, .xml): "pdf2json,json2xml"
        case (.json, _): "json2xml"
        }
    }

    /// Takes a request in, and checks all that can be checked before the file is read.
    ///
    /// - Throws: `notAcceptable`, `badRequest`, `unsupportedMedia`, `tooLarge`, and what forms throw.
    static func receive(_ request: Request, mappings: [MappingSummary], bytesMax: Int64) async throws -> GatewayRequest {
        guard let answer = request.headers[.accept].flatMap({ Answer(rawValue: $0.trimmingSpaces().lowercased()) }) else {
            throw ColophonError(
                .notAcceptable, "Accept must be application/json or application/xml, and nothing else.", field: "accept",
                reason: "NOT_ACCEPTABLE")
        }
        if let length = request.headers[.contentLength].flatMap(Int64.init), length > bytesMax + Int64(MultipartUpload.overheadBytesMax) {
            throw ColophonError.uploadTooLarge(bytesMax)
        }
        let upload = try MultipartUpload(request) { form in
            // A word that is wrong is told before the file is sent.
            if form.fields["mapping"] != nil { _ = try choice(form.fields, answer, mappings) }
        }
        let file = try ScratchUpload()
        let (bytes, head) = try await file.fill(from: upload, bytesMax: bytesMax)
        let form = upload.form
        let mapping = try choice(form.fields, answer, mappings)
        guard bytes > 0 else { throw ColophonError(.badRequest, "The file has no bytes.", field: "file", reason: "EMPTY_DOCUMENT") }
        guard let content = content(head) else {
            throw ColophonError(
                .unsupportedMedia, "This takes PDF, or the JSON of a DoclingDocument.", field: "file", reason: "UNSUPPORTED_FORMAT")
        }
        if case (.json, .json) = (content, answer) {
            throw ColophonError(.notAcceptable, "JSON is turned into XML alone.", field: "accept", reason: "NOT_ACCEPTABLE")
        }
        return GatewayRequest(
            answer: answer, content: content, mapping: mapping, name: form.file?.fileName ?? "document", file: file, bytes: bytes)
    }

    private static func choice(_ fields: [String: String], _ answer: Answer, _ mappings: [MappingSummary]) throws -> MappingChoice? {
        if let other = fields.keys.filter({ !known.contains($0) }).min() { throw ColophonError.extraForbidden(other) }
        guard let choice = try MappingFields.choice(fields) else {
            guard answer == .json else {
                throw ColophonError(.badRequest, "XML takes a mapping.", field: "mapping", reason: "INVALID_MAPPING")
            }
            return nil
        }
        try mappings.require(choice)
        return choice
    }

    private static func content(_ head: [UInt8]) -> Content? {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = head.starts(with: mark) ? head.dropFirst(3) : head[...]
        // Before the PDF, whose mark may stand anywhere near the beginning, in a document's text too.
        if text.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) == UInt8(ascii: "{") { return .json }
        return ContentType.sniff(head, declared: nil) == "application/pdf" ? .pdf : nil
    }
}

extension String {
    fileprivate func trimmingSpaces() -> String {
        var text = self[...].drop { $0 == " " || $0 == "\t" }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return String(text)
    }
}
