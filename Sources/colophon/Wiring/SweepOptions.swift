import ArgumentParser
import ColophonCore
import Foundation

/// How long a whole installation keeps what no workspace decides about; by option, or else by environment.
struct SweepOptions: ParsableArguments {
    @Option(help: "How long the bytes of a deleted document are kept (COLOPHON_KEEP_DELETED; default 30d).")
    var keepDeleted: Age?

    @Option(help: "How long a document's events are kept (COLOPHON_KEEP_EVENTS; default 90d).")
    var keepEvents: Age?

    @Option(help: "How long the changes of a feed are kept (COLOPHON_KEEP_FEED; default 14d).")
    var keepFeed: Age?

    func validate() throws {
        var limits = Limits()
        try apply(to: &limits)
    }

    func apply(to limits: inout Limits) throws {
        if let age = try Self.value(keepDeleted, "COLOPHON_KEEP_DELETED") { limits.deletedKept = age.duration }
        if let age = try Self.value(keepEvents, "COLOPHON_KEEP_EVENTS") { limits.eventsKept = age.duration }
        if let age = try Self.value(keepFeed, "COLOPHON_KEEP_FEED") { limits.feedKept = age.duration }
    }

    /// The option's value, or else the variable's.
    static func value(_ option: Age?, _ name: String) throws -> Age? {
        if let option { return option }
        guard let text = ProcessInfo.processInfo.environment[name] else { return nil }
        guard let age = Age(argument: text) else { throw ValidationError("\(name) must be \(Age.grammar).") }
        return age
    }
}
