import ColophonChild
import ColophonLayout
import DoclingDocument
import Glibc

/// Standard output as frames. When nobody reads any more there is nothing left to do, and the process ends.
struct FrameOutput {
    /// A document as the result; its parent makes the tables' grids again.
    func send(_ document: consuming DoclingDocument) throws {
        document.setGrids(areWritten: false)
        send(result: try document.jsonBytes())
    }

    /// A whole result, in pieces that frames can hold, and its end.
    func send(result: [UInt8]) {
        send(result, as: ChildFrame.result)
        send(.end(bytes: result.count))
    }

    /// Bytes in pieces that frames can hold; none for no bytes.
    func send(_ bytes: [UInt8], as frame: ([UInt8]) -> ChildFrame) {
        var rest = bytes[...]
        while !rest.isEmpty {
            send(frame(Array(rest.prefix(ChildFrame.payloadBytesMax))))
            rest = rest.dropFirst(ChildFrame.payloadBytesMax)
        }
    }

    func send(_ page: PageText) {
        if page.number <= ChildFrame.wordsPagesMax { send(.words(page.bytes(max: Self.wordsBytesMax))) }
    }

    /// A page of 20,000 words is smaller, and so many pages of it are less than a parent takes.
    private static let wordsBytesMax = 300 << 10

    func send(_ notes: ReadingNotes, _ recognition: Recognition) {
        let all = [
            ChildNote(kind: .damaged, pages: notes.damagedPages),
            ChildNote(kind: .unrecognized, pages: notes.unrecognizedPages, reason: recognition.reason),
            ChildNote(kind: .poorlyRecognized, pages: notes.poorlyRecognizedPages, reason: recognition.languages),
        ]
        for note in all where !note.pages.isEmpty { send(.note(note)) }
    }

    func send(_ frame: ChildFrame) {
        let bytes = frame.bytes
        bytes.withUnsafeBytes { buffer in
            var sent = 0
            while sent < buffer.count {
                let written = write(1, buffer.baseAddress.map { $0 + sent }, buffer.count - sent)
                if written < 0 && errno == EINTR { continue }
                guard written > 0 else { _exit(1) }
                sent += written
            }
        }
    }
}
