import ArgumentParser

/// In which languages a run's pages are to be recognised.
struct LanguageOptions: ParsableArguments {
    @Option(help: "In which languages scanned pages are read, as Tesseract names them, such as eng+deu; or off (default: the server's).")
    var ocrLanguages: String?

    /// As the server takes them, which checks them.
    var names: [String]? { ocrLanguages.map { $0.split(separator: "+", omittingEmptySubsequences: false).map(String.init) } }
}
