import ColophonChild
import Testing

@Suite struct SingleAnswerTests {
    @Test func `a whole answer gives the result`() throws {
        var answer = SingleAnswer(bytesMax: 10)
        #expect(try answer.take(.opened(pages: 2)) == .wait)
        #expect(try answer.take(.result([1, 2])) == .wait)
        #expect(try answer.take(.result([3])) == .wait)
        #expect(try answer.take(.end(bytes: 3)) == .result([1, 2, 3]))
        #expect(throws: ChildProtocolError.outOfTurn) { _ = try answer.take(.end(bytes: 3)) }
    }

    @Test func `a failure may come at any point, and a page that is not there is told apart`() throws {
        var answer = SingleAnswer(bytesMax: 10)
        #expect(try answer.take(.failure(code: "X", message: "y")) == .failure(code: "X", message: "y"))
        answer = SingleAnswer(bytesMax: 10)
        _ = try answer.take(.opened(pages: 2))
        #expect(try answer.take(.failure(code: SingleAnswer.noSuchPage, message: "y")) == .noSuchPage)
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
        var answer = SingleAnswer(bytesMax: 10)
        for frame in frames.dropLast() { _ = try answer.take(frame) }
        #expect(throws: ChildProtocolError.outOfTurn) { _ = try answer.take(frames[frames.count - 1]) }
    }

    @Test func `the tasks' command lines are read back, and never taken for each other`() {
        var guards = ChildGuards(memoryBytesMax: 1, cpuSecondsMax: 2, parent: 4)
        let render = RenderArguments(pageNumber: 3, width: 640, pixelsMax: 1000, guards: guards)
        #expect(RenderArguments(words: render.words) == render && ChildArguments(words: render.words) == nil)
        let part = RenderArguments(
            pageNumber: 3, width: 640, pixelsMax: 1000, region: .init(left: 0.5, top: 1, right: 100.25, bottom: 1e3), guards: guards)
        #expect(RenderArguments(words: part.words) == part)
        guards.mayLackSeccomp = true
        let extract = ChildArguments(name: "render", type: "", pagesMax: 1, guards: guards)
        #expect(ChildArguments(words: extract.words) == extract && RenderArguments(words: extract.words) == nil)
        let tell = GuardArguments(guards: guards)
        #expect(GuardArguments(words: tell.words) == tell && ChildArguments(words: tell.words) == nil)
        for words in [
            "", "render", "render 1 2 4 strict 0 640 1000 whole", "render 1 2 4 strict 1 640 600 whole",
            "render 1 2 4 odd 1 640 1000 whole",
            "render 1 2 4 strict 1 640 1000", "render 1 2 4 strict 1 640 1000 1,2,3", "render 1 2 4 strict 1 640 1000 3,2,1,9",
            "render 1 2 4 strict 1 640 1000 nan,2,1,9",
        ] {
            #expect(RenderArguments(words: words.split(separator: " ").map(String.init)) == nil, "\(words)")
        }
    }
}
