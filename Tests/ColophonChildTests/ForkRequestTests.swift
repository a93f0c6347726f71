import ColophonChild
import ColophonSamples
import Foundation
import Testing

@Suite(.timeLimit(.minutes(1))) struct ForkRequestTests {
    @Test(
        arguments: [
            ForkRequest(words: []), ForkRequest(words: [], password: ""),
            ForkRequest(words: ["extract", "", "a\u{0}b", "ä"], password: "p\n"),
            ForkRequest(words: [String(repeating: "n", count: 50_000)]),
        ])
    func `a request is read back`(request: ForkRequest) {
        #expect(ForkRequest(bytes: request.bytes) == request)
    }

    @Test func `bytes that no request gives are none, whatever they are`() {
        for bytes in [[], [2], [1], [0, 1], [0, 1, 0, 0, 0], [0, 255, 255, 255, 255, 1], [1, 9, 0, 0, 0, 65]] as [[UInt8]] {
            #expect(ForkRequest(bytes: bytes) == nil, "\(bytes)")
        }
        let bytes = ForkRequest(words: ["extract", "1", "2"], password: "p").bytes
        var generator = SplitMix64(seed: 11)
        for _ in 0..<2000 {
            var changed = bytes
            changed[Int(generator.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: generator.next())
            if let request = ForkRequest(bytes: changed) { #expect(ForkRequest(bytes: request.bytes) == request) }
        }
        for count in bytes.indices where count != 0 {
            if let request = ForkRequest(bytes: bytes.prefix(count)) { #expect(request.bytes == Array(bytes.prefix(count))) }
        }
    }

    @Test func `a request arrives with both descriptors, and its answer comes back`() async throws {
        let (own, its) = try ForkSocket.pair()
        defer { close(own.descriptor) }
        let other = Task.detached {
            defer { close(its.descriptor) }
            let (request, input, output) = try #require(try its.receive())
            var byte: UInt8 = 0
            #expect(read(input, &byte, 1) == 1 && byte == 7 && write(output, &byte, 1) == 1)
            close(input)
            close(output)
            try its.answer(42)
            try its.answer(-EAGAIN)
            return request
        }
        var (there, back): ([Int32], [Int32]) = ([0, 0], [0, 0])
        #expect(pipe(&there) == 0 && pipe(&back) == 0)
        defer { for descriptor in there + back { close(descriptor) } }
        var byte: UInt8 = 7
        #expect(write(there[1], &byte, 1) == 1)
        let request = ForkRequest(words: ["extract", "x"], password: "secret")
        #expect(try own.fork(request, input: there[0], output: back[1]) == 42)
        byte = 0
        #expect(read(back[0], &byte, 1) == 1 && byte == 7)
        #expect(try await other.value == request)
        // What the kernel refused the other side, then the other side gone, then more than a request may be.
        #expect(throws: ForkSocket.Failure.self) { try own.fork(request, input: there[0], output: back[1]) }
        let long = ForkRequest(words: [String(repeating: "n", count: ForkRequest.bytesMax)])
        #expect(throws: ForkSocket.Failure.refused(E2BIG)) { try own.fork(long, input: there[0], output: back[1]) }
    }

    @Test func `what comes without descriptors is no request, and an end is an end`() throws {
        let (own, its) = try ForkSocket.pair()
        defer { close(its.descriptor) }
        let bytes = ForkRequest(words: ["extract"]).bytes
        #expect(send(own.descriptor, bytes, bytes.count, 0) == bytes.count)
        #expect(throws: ForkSocket.Failure.broken(EBADMSG)) { try its.receive() }
        close(own.descriptor)
        #expect(try its.receive() == nil)
    }
}
