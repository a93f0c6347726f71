import ColophonCore
import ColophonProcesses
import ColophonStore
import ColophonTestSupport
import ColophonTransport
import Foundation
import Logging
import Testing

/// How processes learn of each other's work, in both ways.
@Suite(.timeLimit(.minutes(2))) struct HintsTests {
    enum Driver: CaseIterable { case socket, postgres }

    /// Two processes' hints, as far as one test can hold them.
    struct Pair {
        let wake = (WakeSignal(), WakeSignal())
        let hints: (any PeerHints, any PeerHints)
        let folder = try? TemporaryFolder()

        init(_ driver: Driver) async throws {
            switch driver {
            case .socket:
                let path = try #require(folder).path + "/" + String(repeating: "a-long-name-", count: 12)
                hints = (
                    try SocketHints(folder: path, HintReceiver(wake: wake.0)), try SocketHints(folder: path, HintReceiver(wake: wake.1))
                )
            case .postgres:
                let settings = PostgresSettings(url: try await PostgresServer.shared().emptySchema())
                let logger = Logger(label: "test")
                hints = (
                    try PostgresHints(settings, HintReceiver(wake: wake.0), logger: logger),
                    try PostgresHints(settings, HintReceiver(wake: wake.1), logger: logger)
                )
                // Listening begins with a look of its own.
                await wake.0.wait(timeout: .seconds(60))
                await wake.1.wait(timeout: .seconds(60))
            }
        }

        func close() async {
            await hints.0.close()
            await hints.1.close()
        }
    }

    @Test(arguments: Driver.allCases)
    func `what one announces wakes the other, long before it would look by itself`(driver: Driver) async throws {
        let pair = try await Pair(driver)
        for _ in 0..<20 {
            let start = ContinuousClock.now
            pair.hints.0.announce(.work)
            await pair.wake.1.wait(timeout: .seconds(60))
            #expect(start.duration(to: .now) < .seconds(30))
        }
        await pair.close()
    }

    @Test(arguments: Driver.allCases)
    func `many calls at once neither block nor fail, and after them one still gets through`(driver: Driver) async throws {
        let pair = try await Pair(driver)
        for _ in 0..<20_000 { pair.hints.0.announce(.work) }
        try await Task.sleep(for: .milliseconds(200))
        await pair.wake.1.wait(timeout: .seconds(1))
        pair.hints.0.announce(.work)
        let start = ContinuousClock.now
        await pair.wake.1.wait(timeout: .seconds(60))
        #expect(start.duration(to: .now) < .seconds(30))
        await pair.close()
    }

    @Test func `the socket of a process that died is cleared away`() async throws {
        let folder = try TemporaryFolder()
        let hints = try SocketHints(folder: folder.path, HintReceiver(wake: WakeSignal()))
        let dead = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array("\(folder.path)/dead.sock".utf8)) }
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(dead, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
        #expect(bound == 0)
        close(dead)
        hints.announce(.work)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0 == "dead.sock" } == [])
        await hints.close()
    }
}
