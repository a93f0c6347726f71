import ColophonCore
import ColophonExtraction
import ColophonPipeline

enum WorkerWiring {
    /// - Throws: `unavailable` when the child's program is missing: better now than at the first document.
    static func worker(_ library: Library, slots: Int) throws -> Worker {
        let extractor = NativeExtractor(program: try ChildProgram.locate(), limits: library.limits)
        return Worker(library: library, extractor: extractor, slots: slots)
    }
}
