import ArgumentParser

/// The change stream: what an open one costs, how soon and how dearly one change reaches all, and how the server ends under many.
struct StreamBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stream", abstract: "The change stream: idle, fan-out, end.",
        subcommands: [IdleStreams.self, FanOutBench.self, StopBench.self])
}
