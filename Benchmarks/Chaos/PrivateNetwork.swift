import ColophonProcesses
import Foundation

/// A network of its own for this process: a bridge with hosts on it, each a namespace. All of it goes when its processes end.
struct PrivateNetwork: Sendable {
    /// This process's own address on the bridge.
    static let address = "10.77.0.1"

    /// A host on the bridge.
    struct Host: Sendable {
        let name: String
        /// Holds the namespace open.
        fileprivate let holder: ChildProcess

        /// Starts a program that sees only this host's network.
        func start(_ program: String, _ arguments: [String], environment: [String: String], output: String) throws -> ChildProcess {
            try ChildProcess(
                "/usr/bin/nsenter", ["--net=/proc/\(holder.pid)/ns/net", "--", program] + arguments, environment: environment,
                output: output)
        }
    }

    /// Moves this program into a network namespace of its own and makes the bridge.
    static func enter() async throws -> PrivateNetwork {
        guard getuid() == 0 else {
            print("This cannot be shown here: making network namespaces needs root.")
            throw Apart.cannotBeShown
        }
        try await Apart.enter(
            "--net", probe: "command -v nsenter && ip link add type veth",
            needs: "ip, nsenter, and a kernel that lets it make network namespaces")
        try await Apart.shell("ip link set lo up && ip link add bridge type bridge && ip address add \(address)/24 dev bridge")
        try await Apart.shell("ip link set bridge up")
        return PrivateNetwork()
    }

    /// - Parameter number: From 1; decides the address.
    func addHost(_ name: String, number: Int) async throws -> Host {
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/net")
        let wait = "while kill -0 \(getpid()) 2>/dev/null; do sleep 1; done"
        let holder = try ChildProcess("/usr/bin/unshare", ["--net", "--", "/bin/sh", "-c", wait])
        while (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(holder.pid)/ns/net")) ?? own == own {
            guard !holder.hasEnded() else { throw POSIXError(.EPERM) }
            try await Task.sleep(for: .milliseconds(5))
        }
        try await Apart.shell(
            "ip link add \(name) type veth peer name eth0 netns \(holder.pid) && ip link set \(name) master bridge up && "
                + "nsenter --net=/proc/\(holder.pid)/ns/net /bin/sh -c 'ip link set lo up && "
                + "ip address add 10.77.0.\(1 + number)/24 dev eth0 && ip link set eth0 up'")
        return Host(name: name, holder: holder)
    }

    /// Whatever a host sends is gone from now on, and it hears nothing more.
    func cut(_ host: Host) async throws { try await Apart.shell("ip link set \(host.name) down") }
    func join(_ host: Host) async throws { try await Apart.shell("ip link set \(host.name) up") }
    func remove(_ host: Host) async {
        host.holder.send(SIGKILL)
        _ = await host.holder.wait(timeout: .seconds(5))
    }
}
