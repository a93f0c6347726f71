package import ColophonCore
package import ColophonMapping
import DoclingDocument

/// Reads and maps documents as a worker does, so many at once; the others wait their turn, and no more than may.
package struct DirectProcessor: DirectProcessing {
    private let extractor: any Extractor
    private let library: MappingLibrary
    private let gate: Gate

    /// How many documents may wait, and how long.
    package static let waitingMax = 64
    package static let patience = Duration.seconds(60)

    /// - Parameter slots: How many documents are read at once.
    package init(extractor: any Extractor, mappings: MappingLibrary, slots: Int) {
        self.extractor = extractor
        library = mappings
        gate = Gate(width: slots, waitingMax: Self.waitingMax, patience: Self.patience)
    }

    package var mappings: [MappingSummary] { library.summaries }

    package func structure(of source: ExtractionSource) async throws -> [UInt8] {
        try await gate.pass {
            let document = try await extractor.extract(source) { _ in }.document
            return try await HeavyWork.threads.run {
                do { return try document.jsonBytes() } catch { throw RunFailure(.parseFailed) }
            }
        }
    }

    package func map(_ source: ExtractionSource, with choice: MappingChoice) async throws -> DirectMapping {
        try await gate.pass {
            let extraction = try await extractor.extract(source) { _ in }
            return try await map(
                MappingSource(extraction.document, pages: extraction.pages, invoice: extraction.invoice), choice)
        }
    }

    package func map(structure: @escaping @Sendable () throws -> [UInt8], with choice: MappingChoice) async throws -> DirectMapping {
        try await gate.pass {
            let document: DoclingDocument
            do { document = try await HeavyWork.threads.run { try DoclingDocument(json: structure()) } } catch let error
                as DoclingDocumentError
            {
                throw RunFailure(.parseFailed, "The JSON is no DoclingDocument: \(error.message).")
            }
            return try await map(MappingSource(document, pages: [], invoice: nil), choice)
        }
    }

    private func map(_ source: MappingSource, _ choice: MappingChoice) async throws -> DirectMapping {
        let mapped = try await HeavyWork.threads.run { [library] in try library.mapped(source, with: choice) }
        if let xml = mapped.xml { return .xml(xml) }
        return .refused(
            mapped.problems.map { DirectMapping.Problem(code: $0.code.rawValue, field: $0.field, message: $0.message) })
    }
}

extension MappingLibrary {
    /// What clients are told of each.
    package var summaries: [MappingSummary] {
        catalogue.mappings.map { MappingSummary(name: $0.name, title: $0.title, summary: $0.summary) }
    }
}
