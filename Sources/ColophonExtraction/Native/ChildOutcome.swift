import ColophonChild
import ColophonCore
import Foundation

/// What a child answered, unread.
struct ChildResult: Sendable {
    var bytes: [UInt8]
    /// The electronic invoice that the document carries.
    var invoice: [UInt8]?
    var notes: [ChildNote] = []
    /// Each page's; none where they were not asked for.
    var words: [[UInt8]] = []
}

/// The document has pages that must be recognised; it is to be read again for that.
struct NeedsRecognition: Error {}

/// How a child's output ended.
enum ChildOutcome: Sendable {
    case result(ChildResult)
    case needsRecognition
    case failure(code: String, message: String)
    /// The output ended, and no answer had come.
    case silence
    case brokenProtocol
    case stalled(RunFailure)
    /// The document does not have what was asked for.
    case refused(ColophonError)

    /// The result, or why there is none.
    func result(whenEndedWith status: ChildStatus) throws -> ChildResult {
        switch self {
        case .result(let result): return result
        case .needsRecognition: throw NeedsRecognition()
        case .stalled(let failure): throw failure
        case .refused(let error): throw error
        case .failure(let code, let message):
            // The child is not trusted to invent codes, nor to say that it was lost.
            guard let code = RunFailure.Code(rawValue: code), code.failureClass != .lost else { throw RunFailure(.unknown) }
            throw RunFailure(code, message.isEmpty ? nil : message)
        case .brokenProtocol: throw RunFailure(.lost, "The reader answered in a way that is not allowed.")
        case .silence where status == .signaled(SIGXCPU): throw RunFailure(.timeoutParse)
        case .silence: throw RunFailure(.lost, "The reader ended without an answer (\(status)).")
        }
    }
}
