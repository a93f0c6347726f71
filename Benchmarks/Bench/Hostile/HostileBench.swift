import ArgumentParser

struct HostileBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hostile", abstract: "Documents that mean harm, through a real server: what becomes of each, and of the server.",
        subcommands: [MutationsBench.self, BombsBench.self])
}
