import ColophonChild
import ColophonCore

/// What a child's frames mean to whoever started it.
protocol ChildDialogue: Sendable {
    /// Whether the next frame is due within a page's time; where not, only the whole time counts.
    var isPaced: Bool { get }

    /// Takes the next frame.
    ///
    /// - Returns: How the output ended; nil while there is more to come.
    /// - Throws: When the frame may not come at this point.
    mutating func take(_ frame: ChildFrame) throws(ChildProtocolError) -> ChildOutcome?
}

/// A whole document is read, page by page.
struct ExtractionDialogue: ChildDialogue {
    private var answer: ChildAnswer
    private let progress: @Sendable (PageProgress) -> Void
    /// False when every page was read: what follows, putting the pages together, has no frames.
    private(set) var isPaced = true

    init(limits: Limits, takesWords: Bool, progress: @escaping @Sendable (PageProgress) -> Void) {
        answer = ChildAnswer(
            resultBytesMax: limits.structureBytesMax, invoiceBytesMax: limits.invoiceBytesMax,
            wordsBytesMax: takesWords ? limits.wordsBytesMax : 0, pagesMax: limits.pagesMax)
        self.progress = progress
    }

    mutating func take(_ frame: ChildFrame) throws(ChildProtocolError) -> ChildOutcome? {
        switch try answer.take(frame) {
        case .wait: return nil
        case .progress(let done, let total):
            if done == total { isPaced = false }
            progress(PageProgress(done: done, total: total))
            return nil
        case .result(let json, let invoice, let notes, let words, _):
            return .result(ChildResult(bytes: json, invoice: invoice, notes: notes, words: words))
        case .needsRecognition: return .needsRecognition
        case .failure(let code, let message): return .failure(code: code, message: message)
        }
    }
}

/// One page is drawn.
struct RenderingDialogue: ChildDialogue {
    private let pageNumber: Int
    private var answer = SingleAnswer(bytesMax: PageImage.bytesMax)
    /// One page's time is the whole time.
    let isPaced = false

    init(pageNumber: Int) {
        self.pageNumber = pageNumber
    }

    mutating func take(_ frame: ChildFrame) throws(ChildProtocolError) -> ChildOutcome? {
        switch try answer.take(frame) {
        case .wait: nil
        case .result(let png): .result(ChildResult(bytes: png))
        case .noSuchPage: .refused(ColophonError(.notFound, "This document has no page \(pageNumber).", reason: "PAGE_NOT_FOUND"))
        case .failure(let code, let message): .failure(code: code, message: message)
        }
    }
}

/// A child says which protections it has.
struct GuardsDialogue: ChildDialogue {
    private var answer = SingleAnswer(bytesMax: 1000)
    let isPaced = false

    mutating func take(_ frame: ChildFrame) throws(ChildProtocolError) -> ChildOutcome? {
        switch try answer.take(frame) {
        case .wait: nil
        case .result(let names): .result(ChildResult(bytes: names))
        case .noSuchPage: throw .outOfTurn
        case .failure(let code, let message): .failure(code: code, message: message)
        }
    }
}
