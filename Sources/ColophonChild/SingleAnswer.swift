/// Follows the frames of a child that does one thing and does not go page by page: `opened`, pieces of the `result`, then `end`; or a
/// `failure`. A state machine without I/O, as `ChildAnswer` is.
package struct SingleAnswer: Sendable {
    private enum State {
        case starting
        case receiving([UInt8])
        case ended
    }

    /// What the parent should do about a frame.
    package enum Step: Equatable, Sendable {
        case wait
        case result([UInt8])
        /// The document does not have the page that was asked for.
        case noSuchPage
        case failure(code: String, message: String)
    }

    /// The code of the failure of a child that was asked for a page which the document does not have.
    package static let noSuchPage = "PAGE_NOT_FOUND"

    private var state = State.starting
    private let bytesMax: Int

    /// - Parameter bytesMax: A larger result breaks the protocol.
    package init(bytesMax: Int) {
        self.bytesMax = bytesMax
    }

    package mutating func take(_ frame: ChildFrame) throws(ChildProtocolError) -> Step {
        switch (state, frame) {
        case (.ended, _):
            throw .outOfTurn
        case (_, .failure(let code, let message)):
            state = .ended
            return code == Self.noSuchPage ? .noSuchPage : .failure(code: code, message: message)
        case (.starting, .opened):
            state = .receiving([])
            return .wait
        case (.receiving(var result), .result(let piece)) where !piece.isEmpty && result.count + piece.count <= bytesMax:
            // Let go of the state's copy first, so that the append happens in place.
            state = .ended
            result += piece
            state = .receiving(result)
            return .wait
        case (.receiving(let result), .end(let bytes)) where bytes == result.count && !result.isEmpty:
            state = .ended
            return .result(result)
        default:
            throw .outOfTurn
        }
    }
}
