import ColophonChild
import ColophonSamples
import Foundation
import Synchronization
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

    /// What comes next, read.
    private static func receive(from socket: ForkSocket) throws -> (request: ForkRequest?, input: Int32, output: Int32)? {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: ForkRequest.bytesMax, alignment: 1)
        defer { buffer.deallocate() }
        return try socket.receive(into: buffer).map { (ForkRequest(bytes: UnsafeRawBufferPointer($0.bytes)), $0.input, $0.output) }
    }

    /// The other side on a thread of its own: one that waits in the kernel is missing where all share a few.
    private static func thread(_ body: @escaping @Sendable () throws -> Void) -> DispatchSemaphore {
        let ended = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
            try? body()
            ended.signal()
        }
        return ended
    }

    @Test func `a request arrives with both descriptors, and its answer comes back`() throws {
        let (own, its) = try ForkSocket.pair()
        defer { close(own.descriptor) }
        let seen = Mutex<ForkRequest?>(nil)
        let other = Self.thread {
            defer { close(its.descriptor) }
            guard let (request, input, output) = try Self.receive(from: its) else { return }
            var byte: UInt8 = 0
            if read(input, &byte, 1) == 1, byte == 7, write(output, &byte, 1) == 1 { seen.withLock { $0 = request } }
            close(input)
            close(output)
            try its.answer(42)
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
        other.wait()
        #expect(seen.withLock { $0 } == request)
        // What the kernel refused the other side, then the other side gone, then more than a request may be.
        #expect(throws: ForkSocket.Failure.gone) { try own.fork(request, input: there[0], output: back[1]) }
        let long = ForkRequest(words: [String(repeating: "n", count: ForkRequest.bytesMax)])
        #expect(throws: ForkSocket.Failure.refused(E2BIG)) { try own.fork(long, input: there[0], output: back[1]) }
    }

    @Test func `what the kernel refused is told, and the next request is answered by its own answer`() throws {
        let (own, its) = try ForkSocket.pair()
        defer { for socket in [own, its] { close(socket.descriptor) } }
        let other = Self.thread {
            for answer in [-EAGAIN, 7] as [Int32] {
                _ = try Self.receive(from: its)
                try its.answer(answer)
            }
        }
        #expect(throws: ForkSocket.Failure.refused(EAGAIN)) { try own.fork(ForkRequest(words: []), input: 0, output: 1) }
        #expect(try own.fork(ForkRequest(words: []), input: 0, output: 1) == 7)
        other.wait()
    }

    @Test func `an answer that does not come in time is no other's`() throws {
        let (own, its) = try ForkSocket.pair()
        defer { for socket in [own, its] { close(socket.descriptor) } }
        own.setPatience(seconds: 1)
        #expect(throws: ForkSocket.Failure.broken(EAGAIN)) { try own.fork(ForkRequest(words: []), input: 0, output: 1) }
    }

    @Test func `what comes without descriptors is no request, and an end is an end`() throws {
        let (own, its) = try ForkSocket.pair()
        defer { close(its.descriptor) }
        let bytes = ForkRequest(words: ["extract"]).bytes
        #expect(send(own.descriptor, bytes, bytes.count, 0) == bytes.count)
        #expect(throws: ForkSocket.Failure.broken(EBADMSG)) { try Self.receive(from: its) }
        close(own.descriptor)
        #expect(try Self.receive(from: its) == nil)
    }
}
