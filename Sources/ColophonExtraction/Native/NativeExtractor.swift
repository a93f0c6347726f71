import ColophonChild
package import ColophonCore
import DoclingDocument
import Foundation

/// Reads PDFs in a disposable child process: one document a process, limits in force, killed when it stalls.
package struct NativeExtractor: Extractor {
    package static let identity = ExtractorIdentity(name: "native", version: "0.2.0")

    package var name: String { Self.identity.name }
    package var version: String { Self.identity.version }

    private let program: String
    private let limits: Limits

    /// - Parameter program: The child's path, as `ChildProgram.locate` gives it.
    package init(program: String, limits: Limits) {
        self.program = program
        self.limits = limits
    }

    package func extract(
        _ source: ExtractionSource, progress: @escaping @Sendable (PageProgress) -> Void
    ) async throws -> Extraction {
        let arguments = ChildArguments(
            name: source.name, type: source.type ?? "", pagesMax: limits.pagesMax, guards: limits.guards(cpu: limits.parseTimeout))
        let result = try await ChildRun(program: program, words: arguments.words, password: source.password).answer(
            to: ExtractionDialogue(limits: limits, progress: progress), descriptor: source.descriptor,
            within: ChildWatch.Times(page: limits.pageTimeout, total: limits.parseTimeout))
        do {
            let document = try await HeavyWork.threads.run { try DoclingDocument(json: result.bytes) }
            return Extraction(document: document, invoice: result.invoice)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw RunFailure(.lost, "The reader's answer could not be understood.")
        }
    }
}
