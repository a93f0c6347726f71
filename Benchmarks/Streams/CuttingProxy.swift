import ColophonSamples
import Foundation
import Synchronization

/// A TCP relay on loopback that cuts connections: at random after some bytes, or all at once when it is told to.
package final class CuttingProxy: Sendable {
    package let port: UInt16
    private let target: UInt16
    private let listener: Int32
    private let orders = Mutex(Orders())
    private let running = DispatchGroup()

    private struct Orders {
        var isClosed = false
        /// Whether those who connect are kept waiting.
        var isHolding = false
        var isCutting = false
        var cuts = 0
    }

    /// - Parameters:
    ///   - meanBytes: After how many bytes from the target a connection is cut, on average; nil cuts none.
    ///   - seed: Decides when.
    package init(to target: UInt16, meanBytes: Int? = nil, seed: UInt64 = 1) throws {
        self.target = target
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        self.listener = listener
        var address = LoopbackSocket.address(0x7F00_0001, port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        guard listener >= 0, LoopbackSocket.with(&address, { bind(listener, $0, $1) }) == 0, listen(listener, 1024) == 0,
            LoopbackSocket.with(&address, { pointer, _ in getsockname(listener, pointer, &length) }) == 0
        else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        port = UInt16(bigEndian: address.sin_port)
        running.enter()
        let thread = Thread { [self] in
            var loop = ProxyLoop(listener: listener, target: target, meanBytes: meanBytes, seed: seed)
            loop.run { [self] in
                orders.withLock { orders in
                    defer { orders.isCutting = false }
                    return (orders.isClosed, orders.isHolding, orders.isCutting)
                }
            } noteCut: { [self] in
                orders.withLock { $0.cuts += 1 }
            }
            running.leave()
        }
        thread.name = "cutting-proxy"
        thread.start()
    }

    /// How many connections were cut at random.
    package var cuts: Int { orders.withLock { $0.cuts } }

    /// Cuts every connection, and keeps those who connect from now on waiting until `open()`.
    package func cutAndHold() { orders.withLock { ($0.isHolding, $0.isCutting) = (true, true) } }

    package func open() { orders.withLock { $0.isHolding = false } }

    /// Ends the relay and every connection.
    package func close() {
        orders.withLock { $0.isClosed = true }
        running.wait()
    }
}

/// The relay's thread.
private struct ProxyLoop {
    private struct Pair {
        /// The client's and the target's descriptor.
        var ends: [Int32]
        /// What waits to be written to each.
        var waiting: [[UInt8]] = [[], []]
        var bytesLeft: Int?
        var isReset: Bool
    }

    private static let bufferMax = 16_384

    let listener: Int32
    let target: UInt16
    let meanBytes: Int?
    private var dice: SplitMix64
    private var pairs: [Pair] = []
    private var held: [Int32] = []

    init(listener: Int32, target: UInt16, meanBytes: Int?, seed: UInt64) {
        (self.listener, self.target, self.meanBytes) = (listener, target, meanBytes)
        dice = SplitMix64(seed: seed)
    }

    mutating func run(_ orders: () -> (isClosed: Bool, isHolding: Bool, isCutting: Bool), noteCut: () -> Void) {
        while true {
            let now = orders()
            if now.isCutting || now.isClosed {
                for pair in pairs { Self.end(pair) }
                pairs = []
            }
            if now.isClosed { break }
            if !now.isHolding {
                for client in held { admit(client) }
                held = []
            }
            turn(isHolding: now.isHolding, noteCut: noteCut)
        }
        for client in held { close(client) }
        close(listener)
    }

    private mutating func turn(isHolding: Bool, noteCut: () -> Void) {
        var wanted = [pollfd(fd: listener, events: Int16(POLLIN), revents: 0)]
        for pair in pairs {
            for end in 0...1 {
                // Read only what the other end has room for.
                let reads = pair.waiting[1 - end].isEmpty ? POLLIN : 0
                let writes = pair.waiting[end].isEmpty ? 0 : POLLOUT
                wanted.append(pollfd(fd: pair.ends[end], events: Int16(reads | writes), revents: 0))
            }
        }
        guard poll(&wanted, nfds_t(wanted.count), 20) > 0 else { return }
        var ended: Set<Int> = []
        for index in pairs.indices {
            for end in 0...1 where wanted[1 + 2 * index + end].revents != 0 && !ended.contains(index) {
                switch relay(&pairs[index], from: end) {
                case .goesOn: break
                case .isOver: ended.insert(index)
                case .isCut:
                    ended.insert(index)
                    noteCut()
                }
            }
        }
        for index in ended { Self.end(pairs[index]) }
        pairs = pairs.enumerated().filter { !ended.contains($0.offset) }.map(\.element)
        if wanted[0].revents != 0 {
            let client = accept(listener, nil, nil)
            if client >= 0 { if isHolding { held.append(client) } else { admit(client) } }
        }
    }

    private mutating func admit(_ client: Int32) {
        let upstream = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = LoopbackSocket.address(0x7F00_0001, port: target)
        guard upstream >= 0, LoopbackSocket.with(&address, { connect(upstream, $0, $1) }) == 0 else {
            close(client)
            if upstream >= 0 { close(upstream) }
            return
        }
        var on: Int32 = 1
        for end in [client, upstream] {
            setsockopt(end, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
            _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK)
        }
        let left = meanBytes.map { Int(dice.next() % UInt64(2 * $0)) }
        pairs.append(Pair(ends: [client, upstream], bytesLeft: left, isReset: dice.next() % 2 == 0))
    }

    private enum Fate { case goesOn, isOver, isCut }

    private func relay(_ pair: inout Pair, from end: Int) -> Fate {
        if !pair.waiting[end].isEmpty {
            let sent = pair.waiting[end].withUnsafeBytes { send(pair.ends[end], $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if sent < 0 { return errno == EAGAIN ? .goesOn : .isOver }
            pair.waiting[end].removeFirst(sent)
        }
        guard pair.waiting[1 - end].isEmpty else { return .goesOn }
        var bytes = [UInt8](repeating: 0, count: Self.bufferMax)
        let count = recv(pair.ends[end], &bytes, bytes.count, 0)
        if count < 0 { return errno == EAGAIN ? .goesOn : .isOver }
        if count == 0 { return .isOver }
        var kept = count
        if end == 1, let left = pair.bytesLeft {
            kept = min(count, left)
            pair.bytesLeft = left - kept
        }
        let sent = max(0, bytes.withUnsafeBytes { send(pair.ends[1 - end], $0.baseAddress, kept, Int32(MSG_NOSIGNAL)) })
        pair.waiting[1 - end] = Array(bytes[sent..<kept])
        return kept < count ? .isCut : .goesOn
    }

    private static func end(_ pair: Pair) {
        for end in pair.ends {
            if pair.isReset {
                var linger = linger(l_onoff: 1, l_linger: 0)
                setsockopt(end, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Foundation.linger>.size))
            }
            close(end)
        }
    }
}
