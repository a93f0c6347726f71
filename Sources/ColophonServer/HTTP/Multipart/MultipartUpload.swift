import ColophonCore
import Hummingbird
import Synchronization

/// A form with one file on its way in: the bytes of the file as a body, and all else once that body has ended.
///
/// Fields may come before the file and after it, so the body ends only with the form: whoever has stored it knows that the form was whole.
/// The next piece is asked for only when the last one is taken; memory holds one piece and the small fields. It can be read once.
final class MultipartUpload: AsyncSequence, Sendable {
    /// The part that is the file, whatever it calls itself.
    static let fileField = "file"
    /// The most bytes of a field that is no file.
    static let fieldBytesMax = 64 << 10
    /// The most that a form of which only the file is large can have beside it, in bytes.
    static let overheadBytesMax =
        MultipartParser.partsMax * (fieldBytesMax + MultipartParser.headBytesMax + 256) + 2 * MultipartParser.ignoredBytesMax

    private let pieces: UploadBody
    private let boundary: String
    private let read = Mutex(Form())
    /// Called when the file begins, with the fields that came before it.
    private let beforeFile: @Sendable (Form) async throws -> Void

    /// What the form holds beside the file's bytes.
    struct Form: Sendable {
        /// Nil until the file has begun.
        var file: MultipartHead?
        var fields: [String: String] = [:]
    }

    /// - Parameter beforeFile: May refuse the form before the file is read.
    /// - Throws: `invalid` unless the request says that it is a form.
    convenience init(_ request: Request, beforeFile: @escaping @Sendable (Form) async throws -> Void = { _ in }) throws {
        self.init(body: request.body, boundary: try MultipartBoundary.sent(in: request.headers[.contentType]), beforeFile: beforeFile)
    }

    init(body: RequestBody, boundary: String, beforeFile: @escaping @Sendable (Form) async throws -> Void = { _ in }) {
        pieces = UploadBody(body: body)
        self.boundary = boundary
        self.beforeFile = beforeFile
    }

    /// The form, whole once the body has ended.
    var form: Form { read.withLock { $0 } }

    func makeAsyncIterator() -> Iterator {
        Iterator(upload: self, pieces: pieces.makeAsyncIterator(), parser: MultipartParser(boundary: boundary))
    }

    struct Iterator: AsyncIteratorProtocol {
        let upload: MultipartUpload
        var pieces: UploadBody.Iterator
        var parser: MultipartParser
        /// The field that is being read; nil in the file, and between parts.
        private var field: (name: String, bytes: [UInt8])?

        init(upload: MultipartUpload, pieces: UploadBody.Iterator, parser: MultipartParser) {
            (self.upload, self.pieces, self.parser) = (upload, pieces, parser)
        }

        /// - Throws: `badRequest` when the form breaks off or is none, `invalid` when it has no file, or something twice, `tooLarge` past
        ///   a bound.
        mutating func next() async throws -> ArraySlice<UInt8>? {
            while true {
                while let event = try parser.next() {
                    switch event {
                    case .begin(let head):
                        try begin(head)
                        if field == nil { try await upload.beforeFile(upload.form) }
                    case .bytes(let bytes):
                        if field == nil { return bytes }
                        try append(bytes)
                    case .end: try end()
                    }
                }
                guard let piece = try await pieces.next() else {
                    try finish()
                    return nil
                }
                parser.feed(piece)
            }
        }

        private mutating func begin(_ head: MultipartHead) throws {
            let isTwice = upload.read.withLock { form in
                if head.name == MultipartUpload.fileField {
                    defer { form.file = form.file ?? head }
                    return form.file != nil
                }
                return form.fields[head.name] != nil
            }
            if isTwice { throw ColophonError(.invalid, "The form has the field \(head.name) more than once.", field: head.name) }
            if head.name != MultipartUpload.fileField { field = (head.name, []) }
        }

        private mutating func append(_ bytes: ArraySlice<UInt8>) throws {
            field?.bytes += bytes
            guard let field, field.bytes.count > MultipartUpload.fieldBytesMax else { return }
            throw ColophonError(.tooLarge, "This field has more than \(MultipartUpload.fieldBytesMax) bytes.", field: field.name)
        }

        private mutating func end() throws {
            guard let ended = field else { return }
            guard let text = String(validating: ended.bytes, as: UTF8.self) else {
                throw ColophonError(.invalid, "This field is not text in UTF-8.", field: ended.name)
            }
            upload.read.withLock { $0.fields[ended.name] = text }
            field = nil
        }

        private func finish() throws {
            guard parser.isComplete else {
                throw ColophonError(.badRequest, "The form ended before it was complete.", reason: "INCOMPLETE_BODY")
            }
            guard upload.form.file != nil else {
                throw ColophonError(.invalid, "The form has no file.", field: MultipartUpload.fileField)
            }
        }
    }
}
