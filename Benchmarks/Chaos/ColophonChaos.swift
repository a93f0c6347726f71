import ArgumentParser
import Foundation

/// Breaks things on purpose, and proves that nothing was lost.
@main
struct ColophonChaos: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "colophon-chaos",
        subcommands: [
            KillsCommand.self, StaleCases.self, HostsCommand.self, DiskCommand.self, FeedCommand.self, FeedWriterCommand.self,
        ],
        defaultSubcommand: KillsCommand.self)

    /// Where the programs lie, this one among them.
    static var folder: String {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        return (own as NSString).deletingLastPathComponent
    }
}
