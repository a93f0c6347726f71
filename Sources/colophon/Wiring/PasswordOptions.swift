import ArgumentParser
import Foundation

/// What opens a protected document.
struct PasswordOptions: ParsableArguments {
    @Option(help: "What opens protected PDFs; better in the environment (COLOPHON_DOCUMENT_PASSWORD), where others do not see it.")
    var password: String?

    var text: String? { password ?? ProcessInfo.processInfo.environment["COLOPHON_DOCUMENT_PASSWORD"] }
}
