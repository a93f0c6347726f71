import ColophonAPI
import ColophonCore
import HTTPTypes
import Hummingbird

/// The object that a request's body holds, read member by member so that an error names the one that is to blame.
struct JSONBody {
    /// The largest body that is read.
    static let bytesMax = 1 << 20

    let members: [String: JSONValue]
    /// What the members' paths begin with.
    let prefix: String

    /// Reads the body of a request.
    ///
    /// - Parameters:
    ///   - known: The members that it may have.
    ///   - isOptional: Whether no body at all stands for an object without members.
    ///   - bytesMax: The largest body.
    /// - Throws: `tooLarge` past `bytesMax`, `badRequest` when it is no JSON, `invalid` when it is another type, no object, or has a member that
    ///   is not known.
    init(_ request: Request, known: Set<String>, isOptional: Bool = false, bytesMax: Int = Self.bytesMax) async throws {
        var bytes: [UInt8] = []
        for try await piece in UploadBody(body: request.body) {
            bytes += piece
            guard bytes.count <= bytesMax else { throw ColophonError(.tooLarge, "The body has more than \(bytesMax) bytes.") }
        }
        if isOptional && bytes.isEmpty {
            try self.init([:], known: known)
            return
        }
        guard request.headers[.contentType].flatMap({ HeaderParameters($0) })?.value == "application/json" else {
            throw ColophonError(.invalid, "This takes a body of application/json.", field: "content-type")
        }
        guard case .object(let members) = try Self.value(of: bytes, named: "The body") else {
            throw ColophonError(.invalid, "The body must be a JSON object.", field: "body")
        }
        try self.init(members, known: known)
    }

    init(_ members: [String: JSONValue], known: Set<String>, prefix: String = "") throws {
        if let other = members.keys.filter({ !known.contains($0) }).min() {
            throw ColophonError.extraForbidden("\(prefix)\(other)")
        }
        self.members = members
        self.prefix = prefix
    }

    /// - Parameter name: What is read, to begin a sentence.
    /// - Throws: `badRequest` when it is no JSON, or is nested deeper than anybody needs.
    static func value(of text: some Sequence<UInt8>, named name: String) throws -> JSONValue {
        guard let value = PlainJSON(text) else {
            throw ColophonError(.badRequest, "\(name) is not JSON that can be read.", reason: "MALFORMED_JSON")
        }
        return JSONValue(value)
    }

    func has(_ name: String) -> Bool { members[name] != nil }

    func text(_ name: String) throws -> String? {
        switch members[name] {
        case nil: return nil
        case .string(let text)?: return text
        default: throw ColophonError(.invalid, "\(name) must be a string.", field: name)
        }
    }

    func requiredText(_ name: String) throws -> String {
        guard let text = try text(name) else { throw ColophonError(.invalid, "\(name) is missing.", field: name) }
        return text
    }

    /// - Throws: `invalid` for what is neither true nor false.
    func flag(_ name: String) throws -> Bool? {
        switch members[name] {
        case nil: return nil
        case .bool(let flag)?: return flag
        default: throw ColophonError(.invalid, "\(prefix)\(name) must be true or false.", field: prefix + name)
        }
    }

    func object(_ name: String) throws -> [String: JSONValue]? {
        switch members[name] {
        case nil: return nil
        case .object(let members)?: return members
        default: throw ColophonError(.invalid, "\(name) must be an object.", field: name)
        }
    }

    func texts(_ name: String) throws -> [String]? {
        try members[name].map { try Self.texts($0, at: prefix + name) }
    }

    func requiredTexts(_ name: String) throws -> [String] {
        guard let texts = try texts(name) else { throw ColophonError(.invalid, "\(name) is missing.", field: name) }
        return texts
    }

    static func texts(_ value: JSONValue, at path: String) throws -> [String] {
        guard case .array(let items) = value else { throw ColophonError(.invalid, "\(path) must be a list of strings.", field: path) }
        return try items.enumerated().map { index, item in
            guard case .string(let text) = item else {
                throw ColophonError(.invalid, "\(path) must be a list of strings.", field: "\(path).\(index)")
            }
            return text
        }
    }
}

extension ColophonError {
    /// Something that a request has and no such request may have.
    static func extraForbidden(_ path: String) -> Self {
        Self(.invalid, "There is no \(path.prefix(64)) here.", field: String(path.prefix(64)), reason: "extra_forbidden")
    }
}

extension JSONValue {
    init(_ plain: PlainJSON) {
        switch plain {
        case .null: self = .null
        case .bool(let value): self = .bool(value)
        case .integer(let value): self = .integer(value)
        case .number(let value): self = .number(value)
        case .text(let text): self = .string(text)
        case .array(let values): self = .array(values.map(JSONValue.init))
        case .object(let members): self = .object(members.mapValues(JSONValue.init))
        }
    }
}
