import ColophonChild
package import ColophonCore
import DoclingDocument
import Foundation

/// Reads PDFs in a disposable child process: one document a process, limits in force, killed when it stalls.
package struct NativeExtractor: Extractor {
    package static let recipe = RunRecipe(name: "native", version: "0.4.2")

    package var name: String { Self.recipe.name }
    package var version: String { Self.recipe.version }

    /// How runs are made where nobody asks for anything else.
    package static func recipe(for limits: Limits) -> RunRecipe {
        RunRecipe(name: recipe.name, version: recipe.version, settings: RunSettings(recognitionLanguages: limits.recognitionLanguages))
    }

    private let program: ChildProgram
    private let limits: Limits

    package init(program: ChildProgram, limits: Limits) {
        self.program = program
        self.limits = limits
    }

    package func extract(
        _ source: ExtractionSource, progress: @escaping @Sendable (PageProgress) -> Void
    ) async throws -> Extraction {
        // Whoever runs this process may have it recognise nothing, whatever is asked for.
        let languages = limits.recognitionLanguages.isEmpty ? [] : source.settings.recognitionLanguages
        let further = FurtherProgress(progress)
        let result: ChildResult
        do {
            result = try await answer(about: source, recognition: languages.isEmpty ? .off : .later) { further.note($0) }
        } catch is NeedsRecognition {
            // Most documents have no scanned page, and Tesseract takes longer to start than most of them to be read.
            result = try await answer(about: source, recognition: .inLanguages(languages)) { further.note($0) }
        }
        do {
            return try await HeavyWork.threads.run {
                var document = try DoclingDocument(json: result.bytes)
                // The child leaves them out.
                document.setGrids(areWritten: true)
                return Extraction(
                    document: document, invoice: result.invoice, warnings: result.notes.map(RunWarning.init),
                    pages: try result.words.enumerated().map { try PageText(number: $0 + 1, bytes: $1) })
            }
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw RunFailure(.lost, "The reader's answer could not be understood.")
        }
    }

    private func answer(
        about source: ExtractionSource, recognition: ChildRecognition, progress: @escaping @Sendable (PageProgress) -> Void
    ) async throws -> ChildResult {
        var times = ChildWatch.Times(page: limits.pageTimeout, total: limits.parseTimeout)
        if case .inLanguages = recognition {
            times = ChildWatch.Times(page: limits.recognitionPageTimeout, total: limits.recognitionTimeout)
        }
        let arguments = ChildArguments(
            name: source.name, type: source.type ?? "", pagesMax: limits.pagesMax, recognition: recognition, sendsWords: source.wantsWords,
            guards: limits.guards(cpu: times.total))
        do {
            return try await ChildRun(program: program, words: arguments.words, password: source.password).answer(
                to: ExtractionDialogue(limits: limits, takesWords: source.wantsWords, progress: progress), descriptor: source.descriptor,
                within: times)
        } catch is NeedsRecognition where recognition != .later {
            // Nobody asked whether it does.
            throw RunFailure(.lost, "The reader's answer could not be understood.")
        }
    }
}

extension RunWarning {
    init(_ note: ChildNote) {
        switch note.kind {
        case .damaged: self.init(.pagesDamaged, pages: note.pages, reason: note.reason)
        case .poorlyRecognized: self.init(.pagesPoorlyRecognized, pages: note.pages, reason: note.reason)
        case .unrecognized: self.init(.pagesNotRecognized, pages: note.pages, reason: note.reason)
        }
    }
}
