import ColophonSamples
import ColophonStreams
import Foundation

/// One connection of a reader's.
struct FeedConnection {
    let reader: FeedReader
    let end: ContinuousClock.Instant
    /// After how many bytes the reader hangs up.
    let bytesMax: Int
    /// Decides how positions are said, and how long pages are.
    let choice: UInt64

    init(_ reader: FeedReader, lifetime: Duration, bytesMax: Int, _ dice: inout SplitMix64) {
        (self.reader, self.bytesMax) = (reader, bytesMax)
        end = .now + lifetime
        choice = dice.next()
    }

    func stream(from position: Int64?) {
        let bogus = choice % 8 == 0 ? "?cursor=1" : ""
        // The header wins over the query.
        let (query, header) =
            if let position {
                choice % 2 == 0 ? ("?cursor=\(position)", "") : (bogus, "Last-Event-ID: \(position)\r\n")
            } else { ("", "") }
        reader.change { $0.streams += 1 }
        var frames = FrameReader()
        var isFirst = true
        exchange("/stream\(query)", header + "Accept: text/event-stream\r\n", type: "text/event-stream") { bytes in
            for frame in try frames.read(bytes) {
                reader.change { $0.take(frame, isFirst: isFirst) }
                isFirst = false
            }
            return false
        }
    }

    func pages(_ count: Int, since position: Int64) {
        var since = position
        for page in 0..<count {
            let limit = 1 + Int((choice >> 8) &+ UInt64(page) &* 7919) % 2000
            var body: [UInt8] = []
            let isWhole = exchange("/delta?since=\(since)&limit=\(limit)", "", type: "application/json") { bytes in
                body += bytes
                return true
            }
            guard isWhole, reader.takePage(body, since: since, limit: limit), let next = reader.record.position else { return }
            let isLast = next == since
            since = next
            if isLast { return }
        }
    }

    /// Asks, and gives the body's bytes to `take` until the answer, the time or the bytes that the reader wants are at their end.
    ///
    /// - Parameter take: Returns whether the answer's end matters.
    /// - Returns: Whether the whole answer came.
    @discardableResult
    private func exchange(_ path: String, _ headers: String, type: String, _ take: ([UInt8]) throws -> Bool) -> Bool {
        let request = reader.request
        do {
            let socket = try LoopbackSocket(port: request.port)
            if choice % 3 == 0 { socket.resetWhenClosed() }
            try socket.send("GET \(request.path)\(path) HTTP/1.1\r\n\(request.headers)\(headers)\r\n")
            var answer = AnswerReader()
            var left = bytesMax
            while left > 0, .now < end, !reader.shouldEnd || bytesMax == .max {
                switch socket.receive(most: min(left, 65_536), timeout: .milliseconds(100)) {
                case .nothing: continue
                case .end:
                    reader.change { $0.breaks += 1 }
                    return false
                case .bytes(let bytes):
                    left -= bytes.count
                    let body = try answer.read(bytes)
                    guard try isFine(answer, type: type) else { return false }
                    if try take(body), answer.isComplete { return true }
                }
            }
        } catch let fault as WireFault {
            reader.change { $0.note(fault.description) }
        } catch {
            reader.change { $0.breaks += 1 }
            usleep(50_000)
        }
        return false
    }

    private func isFine(_ answer: AnswerReader, type: String) throws -> Bool {
        guard let status = answer.status, answer.headers["content-type"] != nil else { return true }
        if status == 503 {
            reader.change { $0.refusals += 1 }
            usleep(100_000)
            return false
        }
        guard status == 200, answer.headers["content-type"]?.hasPrefix(type) == true else {
            throw WireFault("status \(status) with \(answer.headers)", at: [])
        }
        return true
    }
}
