import ColophonCore
import Hummingbird

extension Request {
    /// How a request wants its run made: `ocrLanguages=deu,eng`, `mapping=NAME`, `pretty=true`; what it does not say stays the server's.
    ///
    /// - Throws: `invalid` for what names no languages.
    func settingsChange() throws -> SettingsChange {
        // A plus sign is a space in a query.
        let languages = try single("ocrLanguages").map { list in
            try RunSettings.languages(
                named: list.split(omittingEmptySubsequences: false) { ", +".contains($0) }.map(String.init))
        }
        let isPretty = try flag("pretty", default: false)
        return SettingsChange(
            recognitionLanguages: languages, mapping: try single("mapping").map { MappingChoice(name: $0, isPretty: isPretty) })
    }
}

extension JSONBody {
    static let settingsNames: Set<String> = ["ocrLanguages", "mapping", "pretty"]

    /// The same as members of a body.
    func settingsChange() throws -> SettingsChange {
        let languages = try texts("ocrLanguages").map { try RunSettings.languages(named: $0, field: prefix + "ocrLanguages") }
        let isPretty = try flag("pretty") ?? false
        return SettingsChange(
            recognitionLanguages: languages,
            mapping: try members["mapping"].map { _ in MappingChoice(name: try requiredText("mapping"), isPretty: isPretty) })
    }
}
