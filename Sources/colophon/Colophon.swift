import ArgumentParser

@main
struct Colophon: AsyncParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "colophon",
        abstract: "Turns documents into structured data, and remembers how every result was made.",
        discussion: """
            Exit codes: 0 all went well, 1 an internal error, 2 the command line is wrong, 4 a check left findings, 65 a document could not be processed,
            69 the server or a part that is needed is unavailable.
            """,
        version: version,
        subcommands: [
            Convert.self, MappingCommand.self, Serve.self, Work.self, GatewayCommand.self, UploadCommand.self, Documents.self,
            WatchCommand.self, Runs.self,
            Export.self, Key.self,
            Retention.self, SweepCommand.self,
            Doctor.self, FsckCommand.self, BackupCommand.self, RestoreCommand.self, Version.self,
        ])

    static func main() async {
        do {
            var command = try parseAsRoot()
            if var asyncCommand = command as? any AsyncParsableCommand { try await asyncCommand.run() } else { try command.run() }
        } catch {
            ExitStatus.end(after: error)
        }
    }
}
