import ColophonCore
import ColophonExtraction
import ColophonMapping
import ColophonPipeline
import Logging
import ServiceLifecycle

/// The services of a process that works, or that only looks after others' work.
enum WorkerWiring {
    /// The library with pages' images and with what readers' protections lack, both of which take the child's program; without it a server that
    /// does no work itself can still serve all else.
    ///
    /// - Parameter isWorker: Whether this process reads documents: then it does not start without.
    /// - Throws: `unavailable` when a worker lacks the child's program, or a protection that is required: better now than at the first document.
    static func reading(_ library: Library, isWorker: Bool) async throws -> (library: Library, program: ChildProgram?) {
        do {
            let program = try ChildProgram.locate()
            let warnings = try await ReaderGuards.ask(program: program, limits: library.limits).warnings
            for warning in warnings { library.logger.notice("\(warning)") }
            return (library.drawing(with: NativePageRenderer(program: program, limits: library.limits)).warning(warnings), program)
        } catch  where !isWorker {
            library.logger.warning("Pages have no images here.", metadata: ["error": "\(error)"])
            return (library, nil)
        }
    }

    /// - Parameters:
    ///   - program: The child's; nil for a process that does no work itself.
    ///   - gateway: Who maps; nil does it here.
    ///   - slots: How many documents are read at once.
    static func services(
        _ library: Library, data: DataFolder, mappings: MappingLibrary, gateway: GatewaySettings? = nil, program: ChildProgram?, slots: Int
    ) throws -> [any Service] {
        var services: [any Service] = [Reaper(library: library)]
        var lock: WorkerLock?
        if let program {
            var extractor: any Extractor = NativeExtractor(program: program, limits: library.limits)
            if let gateway {
                let client = GatewayClient(gateway)
                // Before the worker, so that it ends after it.
                services.append(GatewayConnections(client: client))
                extractor = GatewayExtractor(
                    reader: extractor, client: client, settings: gateway, clock: library.machine.clock, logger: library.logger)
            }
            let id = WorkerID.make()
            do { lock = try WorkerLock(id, in: data.workersPath) } catch {
                library.logger.warning("If this worker dies, its runs wait until their leases end.", metadata: ["error": "\(error)"])
            }
            services.append(Worker(library: library, extractor: extractor, mappings: mappings, id: id, slots: slots))
        }
        services.append(DeathWatch(library: library, folder: data.workersPath, own: lock))
        return services
    }
}
