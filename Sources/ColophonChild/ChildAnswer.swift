/// Follows a child's frames and says what they mean: a state machine without I/O.
package struct ChildAnswer: Sendable {
    private enum State {
        case starting
        case reading(done: Int, of: Int)
        /// All pages are read; an invoice comes.
        case carrying(pages: Int, invoice: [UInt8])
        case receiving(pages: Int, invoice: [UInt8]?, json: [UInt8])
        case ended
    }

    /// What the parent should do about a frame.
    package enum Step: Equatable, Sendable {
        case wait
        case progress(done: Int, total: Int)
        /// - Parameter words: A page's each; none where they were not sent.
        case result(json: [UInt8], invoice: [UInt8]?, notes: [ChildNote], words: [[UInt8]] = [], pages: Int)
        case needsRecognition
        case failure(code: String, message: String)
    }

    private var state = State.starting
    private var notes: [ChildNote] = []
    private var words: [[UInt8]] = []
    private var wordsBytesLeft: Int
    private static let notesMax = 4
    private let resultBytesMax: Int
    private let invoiceBytesMax: Int
    private let pagesMax: Int

    /// - Parameters:
    ///   - resultBytesMax: A larger result breaks the protocol.
    ///   - invoiceBytesMax: So does a larger invoice.
    ///   - wordsBytesMax: So do more bytes of words; 0 where they were not asked for.
    ///   - pagesMax: So does a document of more pages: the child was told to refuse it.
    package init(resultBytesMax: Int, invoiceBytesMax: Int, wordsBytesMax: Int = 0, pagesMax: Int) {
        self.invoiceBytesMax = invoiceBytesMax
        self.resultBytesMax = resultBytesMax
        self.pagesMax = pagesMax
        wordsBytesLeft = wordsBytesMax
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
        case (.reading(let done, let pages), .words(let page)) where done < pages && words.count == done && page.count <= wordsBytesLeft:
            wordsBytesLeft -= page.count
            words.append(page)
            return .wait
        case (.reading(let done, let pages), .needsRecognition) where done < pages:
            state = .ended
            return .needsRecognition
        case (.reading(let done, let pages), .note(let note))
        where done == pages && notes.count < Self.notesMax && note.pages.last ?? 0 <= pages:
            notes.append(note)
            return .wait
        case (.reading(let done, let pages), .result(let piece)) where done == pages && piece.count <= resultBytesMax:
            state = .receiving(pages: pages, invoice: nil, json: piece)
            return .wait
        case (.reading(let done, let pages), .invoice(let piece)) where done == pages && piece.count <= invoiceBytesMax:
            state = .carrying(pages: pages, invoice: piece)
            return .wait
        case (.carrying(let pages, var invoice), .invoice(let piece)) where invoice.count + piece.count <= invoiceBytesMax:
            // Let go of the state's copy first, so that the append happens in place.
            state = .ended
            invoice += piece
            state = .carrying(pages: pages, invoice: invoice)
            return .wait
        case (.carrying(let pages, let invoice), .result(let piece)) where piece.count <= resultBytesMax:
            state = .receiving(pages: pages, invoice: invoice, json: piece)
            return .wait
        case (.receiving(let pages, let invoice, var json), .result(let piece)) where json.count + piece.count <= resultBytesMax:
            state = .ended
            json += piece
            state = .receiving(pages: pages, invoice: invoice, json: json)
            return .wait
        case (.receiving(let pages, let invoice, let json), .end(let bytes)) where bytes == json.count:
            state = .ended
            return .result(json: json, invoice: invoice, notes: notes, words: words, pages: pages)
        default:
            throw .outOfTurn
        }
    }
}
