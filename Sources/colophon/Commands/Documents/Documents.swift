import ArgumentParser

struct Documents: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Lists, tags, deletes and restores the documents of a workspace.",
        subcommands: [List.self, Show.self, Tag.self, Delete.self, Restore.self])
}
