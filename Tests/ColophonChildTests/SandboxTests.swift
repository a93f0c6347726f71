import ColophonChild
import ColophonProcesses
import ColophonTestSupport
import Foundation
import Testing

/// A reader that has been taken over tries to get out.
@Suite(.serialized, .timeLimit(.minutes(5))) struct SandboxTests {
    /// What the stand-in may spoil; made anew for each attempt, as only its owner may see it.
    private struct Surroundings {
        let folder: TemporaryFolder

        init() throws {
            folder = try TemporaryFolder()
            for name in ["secret", "other"] {
                try Data(name.utf8).write(to: URL(fileURLWithPath: "\(folder.path)/\(name)"))
                chmod("\(folder.path)/\(name)", 0o600)
            }
            mkdir("\(folder.path)/mount", 0o700)
            chmod(folder.path, 0o700)
        }

        var areIntact: Bool {
            let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            let contents = ["other", "secret"].map { FileManager.default.contents(atPath: "\(folder.path)/\($0)") }
            var status = stat()
            stat("\(folder.path)/secret", &status)
            return names == ["mount", "other", "secret"] && contents == [Data("other".utf8), Data("secret".utf8)]
                && status.st_mode & 0o777 == 0o600
        }
    }

    private static let project = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")

    private static func attempts() async throws -> [String] {
        let folder = try TemporaryFolder()
        let list = try ChildProcess(Programs.hostile, ["list"], output: "\(folder.path)/list")
        _ = await list.wait(timeout: .seconds(20))
        return try String(contentsOfFile: "\(folder.path)/list", encoding: .utf8).split(separator: "\n").map(String.init)
    }

    /// - Returns: Nil when the attempt succeeded, else how it was denied.
    private func denial(of attempt: Int, by layers: SandboxLayers, in surroundings: Surroundings, port: Int) async throws -> Int32? {
        let process = try ChildProcess(
            Programs.hostile, ["try", "\(layers.rawValue)", "\(attempt)", surroundings.folder.path, "\(port)"])
        let status = await process.wait(timeout: .seconds(20)).status
        #expect(status != 125, "the stand-in has no sandbox")
        return status == 0 ? nil : status
    }

    @Test func `no attempt to get out of the sandbox succeeds, and most would without it`() async throws {
        let listener = try SilentListener()
        let attempts = try await Self.attempts()
        #expect(attempts.count >= 40 && Set(attempts).count == attempts.count)
        var open = 0
        for (index, name) in attempts.enumerated() {
            if try await denial(of: index, by: [], in: Surroundings(), port: listener.port) == nil { open += 1 }
            listener.forget()
            let surroundings = try Surroundings()
            #expect(try await denial(of: index, by: .all, in: surroundings, port: listener.port) != nil, "\(name)")
            #expect(surroundings.areIntact && !listener.wasCalled, "\(name)")
        }
        print("\(open) of \(attempts.count) attempts succeed without a sandbox, 0 within it")
        #expect(open >= (getuid() == 0 ? 40 : 30))
    }

    /// The table shows root's case, in which all layers can be had.
    @Test(.enabled(if: getuid() == 0)) func `the documentation says of each attempt which layers deny it by themselves`() async throws {
        let page = try String(contentsOfFile: "\(Self.project)/Docs/security.md", encoding: .utf8)
        let listener = try SilentListener()
        var measured: [(name: String, layers: Set<String>)] = []
        for (index, name) in try await Self.attempts().enumerated() {
            let row = try #require(page.split(separator: "\n").first { $0.hasPrefix("| \(name) |") }, "\(name)")
            // What this machine refuses to everybody tells nothing.
            guard try await denial(of: index, by: [], in: Surroundings(), port: listener.port) == nil else { continue }
            var denying: Set<String> = []
            for (layer, layerName) in SandboxLayers.named {
                let denial = try await denial(of: index, by: layer, in: Surroundings(), port: listener.port)
                if denial != nil { denying.insert(layerName) }
            }
            measured.append((String(row), denying))
        }
        // A kernel may lack one or the other.
        let available = measured.reduce(into: Set<String>()) { $0.formUnion($1.layers) }
        for (row, layers) in measured {
            let said = row.split(separator: "|").last?.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } ?? []
            #expect(available.intersection(said) == layers, "\(row)")
        }
        #expect(available.isSuperset(of: SandboxLayers.required.names))
    }
}

/// Listens on loopback and answers nobody.
private final class SilentListener {
    private let descriptor: Int32
    let port: Int

    init() throws {
        let made = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        descriptor = made
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(made, address, length) == 0 && listen(made, 100) == 0 && getsockname(made, address, &length) == 0
            }
        }
        guard isBound else { throw POSIXError(.EADDRNOTAVAIL) }
        port = Int(UInt16(bigEndian: address.sin_port))
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    }

    deinit { close(descriptor) }

    /// Whether somebody has connected since it was asked last.
    var wasCalled: Bool {
        let connection = accept(descriptor, nil, nil)
        if connection >= 0 { close(connection) }
        return connection >= 0
    }

    func forget() { while wasCalled {} }
}
