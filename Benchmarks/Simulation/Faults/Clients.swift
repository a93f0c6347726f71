import ColophonCore
import ColophonStore

/// Those who upload, cancel, delete and ask again, at moments that the seed decides, until they have their answer.
final class Clients: @unchecked Sendable {
    private let world: World
    private let jobs: Int
    /// Uploads that were answered.
    private(set) var accepted: [(document: DocumentID, run: RunID, sha256: String)] = []
    /// Uploads that still wait for their answer.
    private(set) var waiting = 0

    private static let scopes = (1...3).map { WorkspaceScope(workspace: WorkspaceID(rawValue: "w\($0)"), actor: "client") }

    init(world: World, jobs: Int) {
        self.world = world
        self.jobs = jobs
    }

    static func makeWorkspaces(in world: World) throws {
        try world.look { store in
            for scope in scopes { try await store.ensureWorkspace(scope.workspace, name: "simulation") }
        }
    }

    /// Decides who does what when.
    ///
    /// - Parameter end: The last moment of a first try, in virtual microseconds.
    func schedule(until end: Int64) {
        for index in 0..<jobs {
            let document = DocumentID(rawValue: "doc-\(index)")
            let scope = Self.scopes[index % 3 == 0 ? 0 : world.dice.below(3)]
            let start = world.dice.between(0, end * 3 / 4)
            let isHeldBack = world.dice.below(10) == 0
            upload(script(of: document, version: 1), to: document, process: !isHeldBack, in: scope, at: start)
            if isHeldBack { ask(at: world.dice.between(start, end)) { _ = try await $0.startRun(of: document, in: scope) } }
            if world.dice.below(8) == 0 {
                world.tally.count(.secondUpload)
                let version = 1 + world.dice.below(2)
                upload(script(of: document, version: version), to: document, process: true, in: scope, at: world.dice.between(start, end))
            }
            meddle(with: document, in: scope, from: start, to: end)
        }
    }

    private func meddle(with document: DocumentID, in scope: WorkspaceScope, from start: Int64, to end: Int64) {
        func sometimes(_ fault: Fault, one: Int, _ body: @escaping @Sendable (Library) async throws -> Void) {
            guard world.dice.below(one) == 0 else { return }
            world.tally.count(fault)
            ask(at: world.dice.between(start, min(end, start + 30_000_000)), body)
        }
        sometimes(.cancel, one: 6) { _ = try await $0.cancel(nil, of: document, in: scope) }
        sometimes(.delete, one: 15) { try await $0.delete(document, in: scope) }
        sometimes(.reparse, one: 10) { _ = try await $0.reparse(document, in: scope) }
        sometimes(.retry, one: 4) { library in
            let run = try await library.document(document, in: scope).run
            if run.status == .failed { _ = try await library.retry(run.id, of: document, in: scope) }
        }
    }

    private func script(of document: DocumentID, version: Int) -> DocumentScript {
        // Equal bytes for equal versions: a second upload of one is the same version.
        var dice = Dice(seed: UInt64(document.rawValue.dropFirst(4))! &* 1000 &+ UInt64(version))
        let ends: [DocumentScript.End] = [.damaged, .harmful, .flaky]
        return DocumentScript(
            name: "\(document) \(version)", pages: 1 + dice.below(8), microsecondsAPage: dice.skewed(1000, 4_000_000),
            end: dice.below(7) == 0 ? ends[dice.below(3)] : .good)
    }

    /// Uploads, again and again until it is answered.
    private func upload(_ script: DocumentScript, to document: DocumentID, process: Bool, in scope: WorkspaceScope, at time: Int64) {
        waiting += 1
        world.scheduler.at(time) { [self] in
            let didStart = run { library in
                let outcome = try await library.upload(
                    OneBody(bytes: script.bytes), to: document, name: "a.pdf", declaredType: nil, process: process, in: scope)
                self.accepted.append((document, outcome.detail.run.id, outcome.detail.version.sha256))
            } then: { [self] error in
                waiting -= 1
                switch (error as? ColophonError)?.reason {
                case nil where error == nil, "DOCUMENT_DELETED": break
                default: upload(script, to: document, process: process, in: scope, at: world.scheduler.now + world.dice.seconds(0.1, 3))
                }
            }
            if !didStart {
                waiting -= 1
                upload(script, to: document, process: process, in: scope, at: world.scheduler.now + world.dice.seconds(0.1, 3))
            }
        }
    }

    /// Asks once, whatever comes of it.
    private func ask(at time: Int64, _ body: @escaping @Sendable (Library) async throws -> Void) {
        world.scheduler.at(time) { [self] in _ = run(body) { _ in } }
    }

    /// Runs a request in a process that can be reached.
    ///
    /// - Parameter then: Called with what the client heard; a connection that broke is an error.
    /// - Returns: Whether there was such a process.
    private func run(_ body: @escaping @Sendable (Library) async throws -> Void, then: @escaping @Sendable ((any Error)?) -> Void) -> Bool {
        guard let process = world.reachableProcess() else { return false }
        world.openTasks += 1
        let library: Library = process.library
        Task(executorPreference: process.executor) { [world] in
            var heard: (any Error)?
            do { try await body(library) } catch { heard = error }
            world.openTasks -= 1
            if process.isDead { heard = ProcessDied() }
            if heard == nil { world.relay.spread(from: process) }
            then(heard)
        }
        return true
    }
}

/// A body that is there at once.
struct OneBody: AsyncSequence, Sendable {
    let bytes: [UInt8]

    func makeAsyncIterator() -> Iterator { Iterator(rest: bytes[...]) }

    struct Iterator: AsyncIteratorProtocol {
        var rest: ArraySlice<UInt8>?

        mutating func next() async throws -> ArraySlice<UInt8>? {
            defer { rest = nil }
            return rest
        }
    }
}
