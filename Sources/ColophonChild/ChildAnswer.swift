/// Follows a child's frames and says what they mean: a state machine without I/O.
package struct ChildAnswer: Sendable {
    private enum State {
        case starting
        case reading(done: Int, of: Int)
        case receiving(pages: Int, json: [UInt8])
        case ended
    }

    /// What the parent should do about a frame.
    package enum Step: Equatable, Sendable {
        case wait
        case progress(done: Int, total: Int)
        case result(json: [UInt8], pages: Int)
        case failure(code: String, message: String)
    }

    private var state = State.starting
    private let resultBytesMax: Int
    private let pagesMax: Int

    /// - Parameters:
    ///   - resultBytesMax: A larger result breaks the protocol.
    ///   - pagesMax: So does a document of more pages: the child was told to refuse it.
    package init(resultBytesMax: Int, pagesMax: Int) {
        self.resultBytesMax = resultBytesMax
        self.pagesMax = pagesMax
    }

    package mutating func take(_ frame: ChildFrame) throws(ChildProtocolError) -> Step {
        switch (state, frame) {
        case (.ended, _):
            throw .outOfTurn
        case (_, .failure(let code, let message)):
            state = .ended
            return .failure(code: code, message: message)
        case (.starting, .opened(let pages)) where pages <= pagesMax:
            state = .reading(done: 0, of: pages)
            return .progress(done: 0, total: pages)
        case (.reading(let done, let pages), .page(let number)) where number == done + 1 && number <= pages:
            state = .reading(done: number, of: pages)
            return .progress(done: number, total: pages)
        case (.reading(let done, let pages), .result(let piece)) where done == pages && piece.count <= resultBytesMax:
            state = .receiving(pages: pages, json: piece)
            return .wait
        case (.receiving(let pages, var json), .result(let piece)) where json.count + piece.count <= resultBytesMax:
            // Let go of the state's copy first, so that the append happens in place.
            state = .ended
            json += piece
            state = .receiving(pages: pages, json: json)
            return .wait
        case (.receiving(let pages, let json), .end(let bytes)) where bytes == json.count:
            state = .ended
            return .result(json: json, pages: pages)
        default:
            throw .outOfTurn
        }
    }
}
