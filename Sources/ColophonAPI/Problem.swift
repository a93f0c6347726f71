/// The body of every failure: RFC 9457 members first, then the words that older clients read.
public struct Problem: Codable, Sendable, Equatable, Error {
    /// A word such as `not_found` or `validation_error`; stable, for programs.
    public var type: String
    /// The status in words.
    public var title: String
    public var status: Int
    /// Which thing, what happened, what to do; for people.
    public var detail: String
    /// The path that was asked for.
    public var instance: String
    /// The same as in `X-Request-Id`; names the request in the server's log.
    public var requestId: String
    public var errors: [Item]
    /// A word such as `DOCUMENT_NOT_FOUND`; stable, for programs.
    public var code: String
    public var message: String
    public var error: Pair

    public struct Item: Codable, Sendable, Equatable {
        /// The part of the request that is to blame.
        public var path: String
        public var message: String
        public var code: String

        public init(path: String, message: String, code: String) {
            self.path = path
            self.message = message
            self.code = code
        }
    }

    public struct Pair: Codable, Sendable, Equatable {
        public var code: String
        public var message: String

        public init(code: String, message: String) {
            self.code = code
            self.message = message
        }
    }

    public init(
        type: String, title: String, status: Int, detail: String, instance: String, requestId: String, errors: [Item] = [], code: String
    ) {
        self.type = type
        self.title = title
        self.status = status
        self.detail = detail
        self.instance = instance
        self.requestId = requestId
        self.errors = errors
        self.code = code
        message = detail
        error = Pair(code: code, message: detail)
    }
}
