/// Why a document could not be read, written or rendered.
public struct DoclingDocumentError: Error, Hashable, Sendable {
    public var code: Code
    /// What happened and where; holds no text of the document beyond member names.
    public var message: String
    /// The byte of the JSON text at which reading stopped, from 0.
    public var offset: Int?

    public init(_ code: Code, _ message: String, offset: Int? = nil) {
        self.code = code
        self.message = message
        self.offset = offset
    }

    /// Open rather than an enum: later versions may add codes.
    public struct Code: RawRepresentable, Hashable, Sendable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The bytes are not JSON as RFC 8259 has it.
        public static let malformedJSON = Self(rawValue: "malformed_json")
        /// A member has a value of another kind than the schema gives it, or lies out of its range.
        public static let unexpectedValue = Self(rawValue: "unexpected_value")
        /// A member that the schema requires is missing.
        public static let missingMember = Self(rawValue: "missing_member")
        /// The JSON is no `DoclingDocument`.
        public static let notDoclingDocument = Self(rawValue: "not_docling_document")
        /// The document follows another major version of the schema.
        public static let unsupportedVersion = Self(rawValue: "unsupported_version")
        /// The JSON text, a table or a rendering is larger than the limit.
        public static let tooLarge = Self(rawValue: "too_large")
        /// Values or items are nested deeper than the limit.
        public static let tooDeep = Self(rawValue: "too_deep")
        /// Rendering took more steps than the limit allows.
        public static let tooComplex = Self(rawValue: "too_complex")
        /// A number to be written is infinite or not a number.
        public static let notFinite = Self(rawValue: "not_finite")
        /// A reference names no item of the document that could take this part.
        public static let unknownReference = Self(rawValue: "unknown_reference")
    }
}

extension DoclingDocumentError: CustomStringConvertible {
    public var description: String {
        offset.map { "\(code.rawValue): \(message) (at byte \($0))" } ?? "\(code.rawValue): \(message)"
    }
}
