import ColophonChild
import ColophonSamples
import Testing

@Suite struct ChildFrameTests {
    static let frames: [ChildFrame] = [
        .opened(pages: 3), .page(1), .result([]), .result(Array(0...255)), .end(bytes: 256),
        .failure(code: "PARSE_FAILED", message: "a\nb"), .needsRecognition,
        .note(ChildNote(kind: .unrecognized, pages: [1, 2, 70_000], reason: "\u{E4}")), .note(ChildNote(kind: .damaged, pages: [4])),
    ]

    @Test func `frames are read back, however the bytes are cut`() throws {
        let bytes = Self.frames.flatMap(\.bytes)
        var generator = SplitMix64(seed: 3)
        for round in 0..<200 {
            var decoder = ChildFrameDecoder()
            var read: [ChildFrame] = []
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = round == 0 ? 1 : 1 + Int(generator.next() % 40)
                decoder.append(rest.prefix(count))
                rest = rest.dropFirst(count)
                while let frame = try decoder.next() { read.append(frame) }
            }
            #expect(read == Self.frames)
        }
    }

    @Test func `a length beyond the limit is refused before anything is kept`() {
        var decoder = ChildFrameDecoder()
        decoder.append([3, 0xFF, 0xFF, 0xFF, 0xFF])
        #expect(throws: ChildProtocolError.tooLong(0xFFFF_FFFF)) { _ = try decoder.next() }
    }

    @Test(
        arguments: [
            [], [1], [4, 0, 0, 0, 1, 0, 0, 0, 1], [1, 0, 0, 0, 0], [1, 0, 0, 0, 2, 0, 0, 0, 1], [1, 0, 0, 0, 1, 0, 0, 0, 0],
            [1, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2], [1, 255, 255, 255, 255, 0, 0, 0, 1],
            [1, 0, 0, 0, 1, 0, 0, 0, 1] + Array(repeating: 65, count: 501),
        ] as [[UInt8]])
    func `a note that names no pages, or names them out of order, is refused`(payload: [UInt8]) {
        var decoder = ChildFrameDecoder()
        decoder.append([8, 0, 0, UInt8(payload.count >> 8), UInt8(payload.count & 0xFF)] + payload)
        #expect(throws: ChildProtocolError.badNote) { _ = try decoder.next() }
    }

    @Test func `what is to be recognised is read from what it is written as`() {
        for recognition in [ChildRecognition.off, .later, .inLanguages(["deu", "eng"])] {
            let arguments = ChildArguments(
                name: "n", type: "", pagesMax: 1, recognition: recognition,
                guards: ChildGuards(memoryBytesMax: 1, cpuSecondsMax: 1, parent: 0))
            #expect(ChildArguments(words: arguments.words) == arguments)
        }
    }

    @Test(arguments: [[99, 0, 0, 0, 0], [1, 0, 0, 0, 1, 7], [4, 0, 0, 0, 8, 255, 255, 255, 255, 255, 255, 255, 255]] as [[UInt8]])
    func `bytes that are no frame are refused`(bytes: [UInt8]) {
        var decoder = ChildFrameDecoder()
        decoder.append(bytes)
        #expect(throws: ChildProtocolError.self) { _ = try decoder.next() }
    }

    @Test func `a page's words come before the page, and no more of them than were asked for`() throws {
        var answer = ChildAnswer(resultBytesMax: 9, invoiceBytesMax: 9, wordsBytesMax: 5, pagesMax: 9)
        for frame in [ChildFrame.opened(pages: 2), .words([1, 2]), .page(1), .words([3, 4, 5]), .page(2), .result([7])] {
            _ = try answer.take(frame)
        }
        #expect(try answer.take(.end(bytes: 1)) == .result(json: [7], invoice: nil, notes: [], words: [[1, 2], [3, 4, 5]], pages: 2))
        for frames in [[ChildFrame.words([1]), .words([2])], [.words([1, 2, 3, 4, 5, 6])], [.page(1), .page(2), .words([1])]] {
            var answer = ChildAnswer(resultBytesMax: 9, invoiceBytesMax: 9, wordsBytesMax: 5, pagesMax: 9)
            #expect(throws: ChildProtocolError.outOfTurn) { for frame in [.opened(pages: 2)] + frames { _ = try answer.take(frame) } }
        }
        var unasked = ChildAnswer(resultBytesMax: 9, invoiceBytesMax: 9, pagesMax: 9)
        _ = try unasked.take(.opened(pages: 1))
        #expect(throws: ChildProtocolError.outOfTurn) { _ = try unasked.take(.words([1])) }
    }

    @Test func `noise never traps the decoder or the answer`() {
        var generator = SplitMix64(seed: 9)
        for _ in 0..<3000 {
            var decoder = ChildFrameDecoder()
            var answer = ChildAnswer(resultBytesMax: 100, invoiceBytesMax: 100, pagesMax: 10)
            decoder.append((0..<40).map { _ in UInt8(truncatingIfNeeded: generator.next() % 8) })
            while let frame = try? decoder.next() { if (try? answer.take(frame)) == nil { break } }
        }
    }
}
