import Foundation
import Synchronization

/// A gateway that does what a test asks: each request takes the next of its answers, and the last one over and over.
package final class ScriptedGateway: Sendable {
    package enum Answer: Sendable {
        case reply(Int, [String: String] = [:], String = "")
        /// Reads, and says nothing.
        case silence
        /// Hangs up after so many bytes of a success that is announced whole.
        case half(Int)
        /// A success that goes on for so many bytes.
        case endless(Int)
        /// A byte now and then.
        case trickle
        case hangUp

        package static let good = reply(200, ["Content-Type": "application/xml"], "<Invoice><Total>1</Total></Invoice>")
    }

    package struct Request: Sendable {
        package var head: String
        package var body: String
    }

    private struct State {
        var answers: [Answer]
        var requests: [Request] = []
        var bytesSent = 0
    }

    /// What a connection's thread holds; the listener ends with the gateway.
    private final class Shared: Sendable {
        let state: Mutex<State>
        init(_ answers: [Answer]) { state = Mutex(State(answers: answers)) }
    }

    private let shared: Shared
    private let listener: LoopbackListener

    package init(_ answers: [Answer]) throws {
        let shared = Shared(answers)
        self.shared = shared
        listener = try LoopbackListener { connection in
            Self.serve(connection, shared)
            connection.end()
        }
    }

    package var address: String { listener.address }
    package var requests: [Request] { shared.state.withLock { $0.requests } }
    /// As far as connections took them.
    package var bytesSent: Int { shared.state.withLock { $0.bytesSent } }

    /// What comes from now on.
    package func answer(_ answers: Answer...) { shared.state.withLock { $0.answers = answers } }

    private static func serve(_ connection: LoopbackConnection, _ shared: Shared) {
        while let (head, body) = connection.readRequest() {
            let answer = shared.state.withLock { state in
                state.requests.append(Request(head: head, body: String(decoding: body, as: UTF8.self)))
                return state.answers.count > 1 ? state.answers.removeFirst() : state.answers[0]
            }
            func send(_ text: String) -> Bool {
                guard connection.send(Array(text.utf8)) else { return false }
                shared.state.withLock { $0.bytesSent += text.utf8.count }
                return true
            }
            switch answer {
            case .reply(let status, let headers, let text):
                let lines = headers.map { "\($0): \($1)\r\n" }.joined()
                guard send("HTTP/1.1 \(status) X\r\n\(lines)Content-Length: \(text.utf8.count)\r\n\r\n\(text)") else { return }
            case .silence: return connection.waitForEnd()
            case .half(let count):
                _ = send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + String(repeating: "<", count: count))
                return
            case .endless(let count):
                guard send("HTTP/1.1 200 OK\r\nContent-Length: \(count)\r\n\r\n<a>") else { return }
                let piece = String(repeating: "x", count: 1 << 20)
                for _ in 0..<(count >> 20) where !send(piece) { return }
            case .trickle:
                guard send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n") else { return }
                while send("1\r\n \r\n") { usleep(20_000) }
                return
            case .hangUp: return
            }
        }
    }
}
