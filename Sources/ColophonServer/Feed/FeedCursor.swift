import ColophonCore

/// How a position in a feed is written: a decimal number.
enum FeedCursor {
    /// - Parameter field: What the client calls it.
    static func position(_ text: String, field: String = "cursor") throws -> Int64 {
        let digits = text.utf8
        guard (1...19).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }), let position = Int64(text) else {
            throw ColophonError(.badRequest, "Invalid change cursor.", field: field, reason: "INVALID_CURSOR")
        }
        return position
    }
}
