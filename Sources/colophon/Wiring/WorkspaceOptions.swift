import ArgumentParser
import ColophonClient
import Foundation

/// Which workspace of which server a command is about, and as whom it asks.
struct WorkspaceOptions: ParsableArguments {
    @Option(help: "The workspace (COLOPHON_WORKSPACE; default the key's own).")
    var workspace: String?

    @OptionGroup var client: ClientOptions

    var json: Bool { client.json }

    /// The workspace that was named; nil for the key's own.
    var named: String? { workspace ?? ProcessInfo.processInfo.environment["COLOPHON_WORKSPACE"] }

    func open() throws -> Workspace { try client.client().workspace(named) }
}
