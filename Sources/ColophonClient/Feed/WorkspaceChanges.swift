import AsyncHTTPClient
import ColophonAPI
import NIOCore
import NIOHTTP1

/// A workspace's changes, in order, each exactly once: see `Workspace.changes(since:)`.
public struct WorkspaceChanges: AsyncSequence, Sendable {
    public typealias Element = WorkspaceChange
    public typealias Failure = ClientError

    /// How many documents a page of a snapshot is asked to hold.
    static let pageDocuments = 200
    /// How many changes delta is asked for at once.
    static let pageChanges = 500

    let workspace: Workspace
    let since: ChangePosition?
    let listsDocuments: Bool
    let notice: (@Sendable (ConnectionNotice) -> Void)?
    /// How long a stream may say nothing; three times what the server leaves between two signs of life.
    package var silence = Duration.seconds(45)

    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(self) }

    public struct AsyncIterator: AsyncIteratorProtocol {
        private let sequence: WorkspaceChanges
        private var follower: ChangeFollower
        private var stream: FeedStream?
        private var hasEnded = false
        private var saidPolling = false

        init(_ sequence: WorkspaceChanges) {
            self.sequence = sequence
            follower = ChangeFollower(since: sequence.since)
        }

        /// The next change, as soon as there is one; nil once the task is cancelled.
        public mutating func next() async throws(ClientError) -> WorkspaceChange? {
            while !hasEnded && !Task.isCancelled {
                let step = follower.next()
                if step == .deliver { return follower.take() }
                do {
                    try await take(step)
                } catch {
                    stream = nil
                    hasEnded = true
                    if Task.isCancelled { return nil }
                    throw error
                }
            }
            stream = nil
            return nil
        }

        /// The next changes that are there together, as soon as there is one; nil once the task is cancelled.
        ///
        /// - Parameter most: How many to give at once, at least 1.
        public mutating func next(upTo most: Int) async throws(ClientError) -> [WorkspaceChange]? {
            guard let first = try await next() else { return nil }
            var changes = [first]
            while changes.count < most, let change = follower.take() { changes.append(change) }
            return changes
        }

        /// - Throws: What trying again would not mend.
        private mutating func take(_ step: ChangeFollower.Step) async throws(ClientError) {
            switch step {
            case .deliver: break
            case .pause(let pause):
                var generator = SystemRandomNumberGenerator()
                // A pause that was cut short ends the sequence, which looks for that itself.
                try? await Task.sleep(for: pause.length(using: &generator))
                follower.paused()
            case .list(let cursor): try await list(from: cursor)
            case .fetch(let position): try await fetch(since: position)
            case .open(let position): try await open(after: position)
            case .read: await read()
            }
            if !follower.isConnected { stream = nil }
            if follower.isPolling != saidPolling {
                saidPolling = follower.isPolling
                if saidPolling { sequence.notice?(.polling) }
            }
        }

        private mutating func list(from cursor: String?) async throws(ClientError) {
            do throws(RequestFailure) {
                let workspace = sequence.workspace
                guard sequence.listsDocuments else {
                    return follower.listed([], at: try await workspace.page(of: .newest, limit: 1, cursor: nil).position, next: nil)
                }
                let list = try await workspace.page(of: .all, limit: WorkspaceChanges.pageDocuments, cursor: cursor)
                follower.listed(list.documents, at: list.position, next: list.next)
            } catch {
                try giveUpOrWait(error)
            }
        }

        private mutating func fetch(since position: ChangePosition) async throws(ClientError) {
            do throws(RequestFailure) {
                follower.fetched(try await sequence.workspace.delta(since: position, limit: WorkspaceChanges.pageChanges))
            } catch {
                if error.isGone { return follower.resync(.cursorExpired) }
                try giveUpOrWait(error)
            }
        }

        private mutating func giveUpOrWait(_ failure: RequestFailure) throws(ClientError) {
            if failure.isFinal { throw failure.error }
            follower.requestFailed(retryAfter: failure.retryAfter)
            if !Task.isCancelled { sequence.notice?(.interrupted(cause: failure.error)) }
        }

        private mutating func open(after position: ChangePosition) async throws(ClientError) {
            do throws(RequestFailure) {
                stream = try await sequence.workspace.stream(after: position, silence: sequence.silence)
                follower.opened()
                sequence.notice?(.connected)
            } catch {
                if error.isGone { return follower.resync(.cursorExpired) }
                if error.isFinal { throw error.error }
                interrupted(error.error, retryAfter: error.retryAfter)
            }
        }

        private mutating func read() async {
            do {
                guard let frames = try await stream?.read() else { return interrupted(nil) }
                if let retry = stream?.retry { follower.wait(retry) }
                for frame in frames { follower.received(frame) }
            } catch {
                interrupted(.unreachable(server: sequence.workspace.client.server, cause: error))
            }
        }

        private mutating func interrupted(_ cause: ClientError?, retryAfter: Duration? = nil) {
            stream = nil
            follower.disconnected(retryAfter: retryAfter)
            if !Task.isCancelled { sequence.notice?(.interrupted(cause: cause)) }
        }
    }
}
