import ColophonCore

/// How a position in a feed is written: a decimal number.
enum FeedCursor {
    static func position(_ text: String) throws -> Int64 {
        let digits = text.utf8
        guard (1...19).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }), let position = Int64(text) else {
            throw ColophonError(.badRequest, "Invalid change cursor.", field: "cursor", reason: "INVALID_CURSOR")
        }
        return position
    }
}
