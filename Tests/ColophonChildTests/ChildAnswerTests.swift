import ColophonChild
import Testing

@Suite struct ChildAnswerTests {
    @Test func `a whole answer gives progress and then the result`() throws {
        var answer = ChildAnswer(resultBytesMax: 10, invoiceBytesMax: 4, pagesMax: 5)
        #expect(try answer.take(.opened(pages: 2)) == .progress(done: 0, total: 2))
        #expect(try answer.take(.page(1)) == .progress(done: 1, total: 2))
        #expect(try answer.take(.page(2)) == .progress(done: 2, total: 2))
        #expect(try answer.take(.result([1, 2])) == .wait)
        #expect(try answer.take(.result([3])) == .wait)
        #expect(try answer.take(.end(bytes: 3)) == .result(json: [1, 2, 3], invoice: nil, notes: [], pages: 2))
        #expect(throws: ChildProtocolError.outOfTurn) { _ = try answer.take(.end(bytes: 3)) }
    }

    @Test func `an invoice comes between the pages and the result`() throws {
        var answer = ChildAnswer(resultBytesMax: 10, invoiceBytesMax: 4, pagesMax: 5)
        let frames: [ChildFrame] = [.opened(pages: 1), .page(1), .invoice([7]), .invoice([8, 9]), .result([1])]
        for frame in frames { _ = try answer.take(frame) }
        #expect(try answer.take(.end(bytes: 1)) == .result(json: [1], invoice: [7, 8, 9], notes: [], pages: 1))
    }

    @Test func `notes come with the result`() throws {
        var answer = ChildAnswer(resultBytesMax: 10, invoiceBytesMax: 4, pagesMax: 5)
        let notes = [ChildNote(kind: .damaged, pages: [1]), ChildNote(kind: .unrecognized, pages: [1, 2], reason: "why")]
        let frames: [ChildFrame] = [.opened(pages: 2), .page(1), .page(2)] + notes.map { .note($0) } + [.result([1])]
        for frame in frames { _ = try answer.take(frame) }
        #expect(try answer.take(.end(bytes: 1)) == .result(json: [1], invoice: nil, notes: notes, pages: 2))
    }

    @Test func `a child that is wanted again for recognition says nothing more`() throws {
        var answer = ChildAnswer(resultBytesMax: 10, invoiceBytesMax: 4, pagesMax: 5)
        _ = try answer.take(.opened(pages: 2))
        #expect(try answer.take(.needsRecognition) == .needsRecognition)
        #expect(throws: ChildProtocolError.outOfTurn) { _ = try answer.take(.page(1)) }
    }

    @Test func `a failure may come at any point, and ends the answer`() throws {
        var answer = ChildAnswer(resultBytesMax: 10, invoiceBytesMax: 4, pagesMax: 5)
        _ = try answer.take(.opened(pages: 2))
        #expect(try answer.take(.failure(code: "X", message: "y")) == .failure(code: "X", message: "y"))
        #expect(throws: ChildProtocolError.outOfTurn) { _ = try answer.take(.page(1)) }
    }

    @Test(
        arguments: [
            [.page(1)], [.opened(pages: 6)], [.opened(pages: 2), .page(2)], [.opened(pages: 2), .page(1), .page(1)],
            [.opened(pages: 2), .page(1), .result([1])], [.opened(pages: 0), .result(Array(repeating: 0, count: 11))],
            [.opened(pages: 0), .result([1]), .end(bytes: 2)], [.opened(pages: 0), .end(bytes: 0)], [.opened(pages: 1), .opened(pages: 1)],
            [.opened(pages: 0), .result(Array(repeating: 0, count: 6)), .result(Array(repeating: 0, count: 6))],
            [.opened(pages: 0), .page(1)], [.opened(pages: 1), .invoice([1])], [.opened(pages: 0), .invoice([1]), .end(bytes: 0)],
            [.opened(pages: 0), .invoice([1, 2, 3, 4, 5])], [.opened(pages: 0), .invoice([1, 2, 3]), .invoice([1, 2])],
            [.opened(pages: 0), .result([1]), .invoice([1])], [.needsRecognition], [.opened(pages: 0), .needsRecognition],
            [.opened(pages: 1), .note(ChildNote(kind: .damaged, pages: [1]))],
            [.opened(pages: 1), .page(1), .note(ChildNote(kind: .damaged, pages: [2]))],
            [.opened(pages: 1), .page(1), .result([1]), .note(ChildNote(kind: .damaged, pages: [1]))],
            [.opened(pages: 1), .page(1)] + Array(repeating: .note(ChildNote(kind: .damaged, pages: [1])), count: 5),
        ] as [[ChildFrame]])
    func `a child that breaks its protocol is not believed`(frames: [ChildFrame]) throws {
        var answer = ChildAnswer(resultBytesMax: 10, invoiceBytesMax: 4, pagesMax: 5)
        for frame in frames.dropLast() { _ = try answer.take(frame) }
        #expect(throws: ChildProtocolError.outOfTurn) { _ = try answer.take(frames[frames.count - 1]) }
    }
}
