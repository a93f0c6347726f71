import ColophonCore
import HTTPTypes
import Hummingbird

/// A file as a request brings it: as its body, or as the part of a form.
struct SentFile {
    var receipt: BlobReceipt
    var name: String?
    var declaredType: String?
    /// What the form has beside it; empty where the body was the file.
    var fields: [String: String] = [:]

    /// Stores the file of a request.
    ///
    /// - Parameters:
    ///   - isForm: Whether the request must be a form; otherwise the body of any other type is the file.
    ///   - known: The fields that a form may have beside the file.
    ///   - bytesMax: The largest file; nil takes the library's limit.
    ///   - beforeFile: Sees the fields that come before a form's file, and the file's head, and may refuse them: nobody should send a gigabyte to
    ///     learn of a word that is wrong.
    /// - Throws: What the body and the form throw, `tooLarge` and `invalid`; then nothing is stored.
    static func stage(
        _ request: Request, isForm: Bool = false, known: Set<String> = [], bytesMax: Int64? = nil, library: Library,
        in scope: WorkspaceScope,
        beforeFile: @escaping @Sendable (MultipartUpload.Form) async throws -> Void = { _ in }
    ) async throws -> SentFile {
        let isForm = isForm || MultipartBoundary.isForm(request.headers[.contentType])
        let fileBytesMax = bytesMax ?? library.limits.uploadBytesMax
        let bodyBytesMax = fileBytesMax + (isForm ? Int64(MultipartUpload.overheadBytesMax) : 0)
        if let length = request.headers[.contentLength].flatMap(Int64.init), length > bodyBytesMax {
            throw ColophonError.uploadTooLarge(fileBytesMax)
        }
        let password = try DocumentPassword.sent(with: request)
        guard isForm else {
            let name = try FileName.sent(with: request)
            let receipt = try await library.stage(UploadBody(body: request.body), bytesMax: fileBytesMax, in: scope)
            try password?.keep(for: receipt.sha256, library: library, in: scope)
            return SentFile(receipt: receipt, name: name, declaredType: request.headers[.contentType])
        }
        @Sendable func refuseOthers(_ form: MultipartUpload.Form) throws {
            if let other = form.fields.keys.filter({ !known.contains($0) }).min() { throw ColophonError.extraForbidden(other) }
        }
        let upload = try MultipartUpload(request) { form in
            try refuseOthers(form)
            try await beforeFile(form)
        }
        let receipt = try await library.stage(upload, bytesMax: fileBytesMax, in: scope)
        let form = upload.form
        do { try refuseOthers(form) } catch {
            await library.discard(receipt.key)
            throw error
        }
        try password?.keep(for: receipt.sha256, library: library, in: scope)
        return SentFile(
            receipt: receipt, name: form.file?.fileName, declaredType: form.file?.contentType, fields: form.fields)
    }
}
