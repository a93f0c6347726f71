import ArgumentParser
import ColophonCore
import Foundation

/// What opens a protected document.
struct PasswordOptions: ParsableArguments {
    @Option(help: "What opens protected PDFs; better in the environment (COLOPHON_DOCUMENT_PASSWORD), where others do not see it.")
    var password: String?

    func validate() throws {
        do { try text.map(DocumentPasswords.check) } catch let error as ColophonError { throw ValidationError(error.message) }
    }

    /// A variable that is there and empty says nothing.
    var text: String? { password ?? ProcessInfo.processInfo.environment["COLOPHON_DOCUMENT_PASSWORD"].flatMap { $0.isEmpty ? nil : $0 } }
}
