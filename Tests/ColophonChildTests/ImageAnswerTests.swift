import ColophonChild
import Testing

@Suite struct ImageAnswerTests {
    @Test func `a whole answer gives the image`() throws {
        var answer = ImageAnswer(bytesMax: 10)
        #expect(try answer.take(.opened(pages: 2)) == .wait)
        #expect(try answer.take(.result([1, 2])) == .wait)
        #expect(try answer.take(.result([3])) == .wait)
        #expect(try answer.take(.end(bytes: 3)) == .image([1, 2, 3]))
        #expect(throws: ChildProtocolError.outOfTurn) { _ = try answer.take(.end(bytes: 3)) }
    }

    @Test func `a failure may come at any point, and a page that is not there is told apart`() throws {
        var answer = ImageAnswer(bytesMax: 10)
        #expect(try answer.take(.failure(code: "X", message: "y")) == .failure(code: "X", message: "y"))
        answer = ImageAnswer(bytesMax: 10)
        _ = try answer.take(.opened(pages: 2))
        #expect(try answer.take(.failure(code: ImageAnswer.noSuchPage, message: "y")) == .noSuchPage)
        #expect(throws: ChildProtocolError.outOfTurn) { _ = try answer.take(.result([1])) }
    }

    @Test(
        arguments: [
            [.result([1])], [.end(bytes: 0)], [.page(1)], [.opened(pages: 1), .opened(pages: 1)], [.opened(pages: 1), .page(1)],
            [.opened(pages: 1), .end(bytes: 0)], [.opened(pages: 1), .result([])], [.opened(pages: 1), .result([1]), .end(bytes: 2)],
            [.opened(pages: 1), .result(Array(repeating: 0, count: 11))],
            [.opened(pages: 1), .result(Array(repeating: 0, count: 6)), .result(Array(repeating: 0, count: 6))],
        ] as [[ChildFrame]])
    func `a child that breaks its protocol is not believed`(frames: [ChildFrame]) throws {
        var answer = ImageAnswer(bytesMax: 10)
        for frame in frames.dropLast() { _ = try answer.take(frame) }
        #expect(throws: ChildProtocolError.outOfTurn) { _ = try answer.take(frames[frames.count - 1]) }
    }

    @Test func `the two tasks' command lines are read back, and never taken for each other`() {
        let render = RenderArguments(pageNumber: 3, width: 640, pixelsMax: 1000, memoryBytesMax: 1, cpuSecondsMax: 2, parent: 4)
        #expect(RenderArguments(words: render.words) == render && ChildArguments(words: render.words) == nil)
        let extract = ChildArguments(name: "render", pagesMax: 1, memoryBytesMax: 2, cpuSecondsMax: 3, parent: 4)
        #expect(ChildArguments(words: extract.words) == extract && RenderArguments(words: extract.words) == nil)
        for words in [[], ["render"], ["render", "0", "640", "1000", "1", "2", "4"], ["render", "1", "640", "600", "1", "2", "4"]] {
            #expect(RenderArguments(words: words) == nil, "\(words)")
        }
    }
}
