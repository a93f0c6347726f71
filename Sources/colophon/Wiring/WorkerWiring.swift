import ColophonCore
import ColophonExtraction
import ColophonPipeline
import Logging
import ServiceLifecycle

/// The services of a process that works, or that only looks after others' work.
enum WorkerWiring {
    /// The library with pages' images, which take the child's program too; without it a server that does no work itself can still serve
    /// all else.
    static func drawing(_ library: Library) -> Library {
        do {
            return library.drawing(with: NativePageRenderer(program: try ChildProgram.locate(), limits: library.limits))
        } catch {
            library.logger.warning("Pages have no images here.", metadata: ["error": "\(error)"])
            return library
        }
    }

    /// - Parameter slots: Nil for a process that does no work itself.
    /// - Throws: `unavailable` when the child's program is missing: better now than at the first document.
    static func services(_ library: Library, data: DataFolder, slots: Int?) throws -> [any Service] {
        var services: [any Service] = [Reaper(library: library)]
        var lock: WorkerLock?
        if let slots {
            let extractor = NativeExtractor(program: try ChildProgram.locate(), limits: library.limits)
            let id = WorkerID.make()
            do { lock = try WorkerLock(id, in: data.workersPath) } catch {
                library.logger.warning("If this worker dies, its runs wait until their leases end.", metadata: ["error": "\(error)"])
            }
            services.append(Worker(library: library, extractor: extractor, id: id, slots: slots))
        }
        services.append(DeathWatch(library: library, folder: data.workersPath, own: lock))
        return services
    }
}
