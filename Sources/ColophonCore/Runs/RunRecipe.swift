/// How a run is to be made: with which extractor, and which settings.
package struct RunRecipe: Sendable, Equatable {
    package var name: String
    package var version: String
    package var settings: RunSettings

    package init(name: String, version: String, settings: RunSettings = RunSettings()) {
        self.name = name
        self.version = version
        self.settings = settings
    }

    /// The same with other settings.
    package func with(_ change: SettingsChange) -> RunRecipe {
        RunRecipe(name: name, version: version, settings: change.applied(to: settings))
    }
}
