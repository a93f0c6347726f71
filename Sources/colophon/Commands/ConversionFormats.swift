import ArgumentParser

/// What `convert` makes of each file: one format, or several of one reading.
struct ConversionFormats: ExpressibleByArgument {
    let list: [Convert.Format]

    init(_ list: [Convert.Format]) { self.list = list }

    /// Nil unless the text is names with commas between them, each once.
    init?(argument: String) {
        let names = argument.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        let list = names.compactMap { Convert.Format(rawValue: $0) }
        guard list.count == names.count, Set(names).count == names.count else { return nil }
        self.list = list
    }

    var defaultValueDescription: String { list.map(\.rawValue).joined(separator: ",") }
}
