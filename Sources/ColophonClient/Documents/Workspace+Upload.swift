import AsyncHTTPClient
public import ColophonAPI
import FoundationEssentials
import NIOCore
import NIOHTTP1

extension Workspace {
    /// Uploads a file as a new document; memory does not grow with it.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - name: What to call the document; nil takes the file's own name.
    ///   - conflict: What to do where a live document has the name.
    ///   - process: False only stores it.
    ///   - ocrLanguages: In which languages pages without text are recognised, as Tesseract names them; nil leaves the server's.
    ///   - mapping: With which mapping the document is turned into XML; nil makes none.
    ///   - password: What opens a protected PDF; the server stores it nowhere.
    /// - Throws: `refused` with 409 where the name is taken and `conflict` is `reject`.
    public func upload(
        path: String, name: String? = nil, conflict: ConflictMode = .reject, metadata: [String: JSONValue] = [:], tags: [String] = [],
        process: Bool = true, ocrLanguages: [String]? = nil, mapping: String? = nil, password: String? = nil,
        timeout: Duration = .seconds(3600)
    ) async throws(ClientError) -> DocumentOut {
        var fields = [(name: "conflictMode", value: conflict.rawValue)]
        if !metadata.isEmpty { fields.append(("metadata", try Self.json(metadata))) }
        if !tags.isEmpty { fields.append(("tags", try Self.json(tags))) }
        var options: [String: JSONValue] = [:]
        if !process { options["process"] = .bool(false) }
        if let ocrLanguages { options["ocrLanguages"] = .array(ocrLanguages.map(JSONValue.string)) }
        if let mapping { options["mapping"] = .string(mapping) }
        if !options.isEmpty { fields.append(("run_options", try Self.json(options))) }
        return try await post(path, named: name, fields: fields, to: "/documents", password: password, timeout: timeout)
    }

    /// Uploads a file as a document's newest version, and starts a run over it.
    public func uploadVersion(
        of id: String, path: String, ocrLanguages: [String]? = nil, password: String? = nil, timeout: Duration = .seconds(3600)
    ) async throws(ClientError) -> DocumentOut {
        let query = ocrLanguages.map { "?\(ColophonClient.query(languages: $0))" } ?? ""
        return try await post(
            path, named: nil, fields: [], to: Self.path(of: id) + "/versions" + query, password: password, timeout: timeout)
    }

    private func post(
        _ file: String, named name: String?, fields: [(name: String, value: String)], to rest: String, password: String?,
        timeout: Duration
    ) async throws(ClientError) -> DocumentOut {
        let body: MultipartBody
        do {
            let name = name ?? file.split(separator: "/").last.map(String.init) ?? file
            body = MultipartBody(fields: fields, file: try FileBody(path: file), name: name)
        } catch {
            throw .file(path: file, cause: error)
        }
        var request = client.request(.POST, try await location(rest))
        request.headers.add(name: "content-type", value: body.contentType)
        if let password { request.headers.add(name: "x-document-password", value: password) }
        request.body = .stream(body, length: .known(body.bytes))
        return try await client.decode(client.send(request, timeout: timeout))
    }

    private static func json(_ value: some Encodable) throws(ClientError) -> String {
        do {
            return String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
        } catch {
            throw .badAnswer(cause: error)
        }
    }
}
