import CPolling
import Foundation

/// Thousands of subscribers on one thread, which look at nothing but how often a marker comes: a measurement should be of the server.
package final class Crowd {
    private struct Member {
        var descriptor: Int32
        var isAnswered = false
        /// How much of the marker, or of the answer's first line, came at the end of the last read.
        var matched = 0
        /// The newest is the lowest.
        var lastBytes: UInt64 = 0
    }

    private let port: UInt16
    private let request: [UInt8]
    private let marker: [UInt8]
    private let poll: Int32
    private var members: [Member] = []
    private var buffer = [UInt8](repeating: 0, count: 1 << 18)
    private var ready = [polling_ready](repeating: polling_ready(), count: 1024)

    /// How often the marker came, over all.
    package private(set) var deliveries = 0
    /// Those that have their answer's head.
    package private(set) var answered = 0
    /// "0", CR, LF, CR, LF: how a body in chunks ends (RFC 9112, section 7.1).
    private static let lastChunk: UInt64 = 0x30_0D0A_0D0A

    /// Those whose connection has ended, and among them those whose answer had not.
    package private(set) var (ended, cut) = (0, 0)

    /// - Parameters:
    ///   - request: What each sends, to the byte.
    ///   - marker: Once in each event, and its first byte nowhere else in it.
    package init(port: UInt16, request: String, marker: String) throws {
        self.port = port
        self.request = Array(request.utf8)
        self.marker = Array(marker.utf8)
        poll = polling_open()
        guard poll >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    }

    deinit { close(poll) }

    /// Lets this process have as many connections as it may.
    ///
    /// - Returns: How many files that is.
    package static func takeAllFiles() -> Int {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        return Int(clamping: limit.rlim_cur)
    }

    /// Connects so many more, a few hundred at a time, each when those before it have their answers.
    ///
    /// - Parameter source: The last number of the 127.0.0.x that they come from.
    package func join(_ count: Int, from source: UInt8 = 1, batch: Int = 200) throws {
        let all = members.count + count
        while members.count < all {
            for _ in 0..<min(batch, all - members.count) { try connect(from: source) }
            let wanted = members.count
            guard pump(within: .seconds(60), until: { $0.answered + $0.ended >= wanted }), ended == 0 else {
                throw WireFault("of \(wanted) subscribers \(answered) were answered, \(ended) connections ended", at: [])
            }
        }
    }

    private func connect(from source: UInt8) throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EMFILE) }
        var own = LoopbackSocket.address(0x7F00_0000 + UInt32(source), port: 0)
        var address = LoopbackSocket.address(0x7F00_0001, port: port)
        guard LoopbackSocket.with(&own, { bind(descriptor, $0, $1) }) == 0,
            LoopbackSocket.with(&address, { Foundation.connect(descriptor, $0, $1) }) == 0,
            send(descriptor, request, request.count, Int32(MSG_NOSIGNAL)) == request.count
        else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
        polling_watch(poll, descriptor, Int32(members.count), 0)
        members.append(Member(descriptor: descriptor))
    }

    /// Reads what comes until a condition holds.
    ///
    /// - Returns: Whether it came to hold in time.
    @discardableResult
    package func pump(within limit: Duration, until isOver: (Crowd) -> Bool = { _ in false }) -> Bool {
        let end = ContinuousClock.now + limit
        while !isOver(self) {
            let left = end - .now
            guard left > .zero else { return false }
            let count = polling_wait(poll, &ready, Int32(ready.count), min(100, Int32(left.components.seconds) * 1000 + 1))
            for index in 0..<max(0, Int(count)) { read(Int(ready[index].number)) }
        }
        return true
    }

    private func read(_ index: Int) {
        let count = recv(members[index].descriptor, &buffer, buffer.count, 0)
        if count < 0 && errno == EAGAIN { return }
        guard count > 0 else {
            ended += 1
            if members[index].lastBytes & 0xFF_FFFF_FFFF != Self.lastChunk { cut += 1 }
            close(members[index].descriptor)
            members[index].descriptor = -1
            return
        }
        if !members[index].isAnswered { takeHead(count, &members[index]) }
        let found = buffer.withUnsafeBufferPointer { count1 in
            Self.occurrences(of: marker, in: UnsafeBufferPointer(rebasing: count1[..<count]), matched: &members[index].matched)
        }
        deliveries += found
        for byte in buffer[..<count].suffix(8) { members[index].lastBytes = members[index].lastBytes << 8 | UInt64(byte) }
    }

    /// An answer begins in one piece: its first line has a few bytes.
    private func takeHead(_ count: Int, _ member: inout Member) {
        member.isAnswered = true
        let isFine = buffer[..<min(count, 15)].starts(with: Array("HTTP/1.1 200".utf8))
        if isFine { answered += 1 } else { ended += 1 }
    }

    /// Counts the marker, which may have begun in the bytes before.
    private static func occurrences(of marker: [UInt8], in bytes: UnsafeBufferPointer<UInt8>, matched: inout Int) -> Int {
        var found = 0
        var place = 0
        while place < bytes.count {
            if matched == 0 {
                guard let next = memchr(bytes.baseAddress! + place, Int32(marker[0]), bytes.count - place) else { return found }
                place = next - UnsafeMutableRawPointer(mutating: bytes.baseAddress!)
            }
            if bytes[place] == marker[matched] {
                matched += 1
                place += 1
                if matched == marker.count {
                    found += 1
                    matched = 0
                }
            } else if matched > 0 {
                // The first byte comes nowhere else in it, so nothing that was matched can begin another.
                matched = 0
            }
        }
        return found
    }

    /// Hangs up, all of them.
    package func leave() {
        for member in members where member.descriptor >= 0 { close(member.descriptor) }
        members = []
        (answered, ended, cut, deliveries) = (0, 0, 0, 0)
    }
}
