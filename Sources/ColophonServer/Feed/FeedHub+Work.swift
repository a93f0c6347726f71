import ColophonCore
import HTTPTypes
import HummingbirdCore
import Logging
import Synchronization

/// What streams wait for: to be admitted, and to be given what the ring does not have.
extension FeedHub {
    /// How many questions to the database streams may have under way.
    private static let readersMax = 8

    func serve() async {
        await withTaskGroup(of: Void.self) { group in
            var running = 0
            for await item in work {
                if running == Self.readersMax {
                    await group.next()
                    running -= 1
                }
                running += 1
                group.addTask { await self.perform(item) }
            }
        }
    }

    private func perform(_ item: Work) async {
        switch item {
        case .admit(let request, let answer):
            do {
                answer(.success(try await admit(request)))
            } catch {
                state.withLock { $0.open -= 1 }
                let refusal = StreamRefusal(error, path: request.uri.path, requestID: request.requestID)
                if refusal.response.status.kind == .serverError {
                    library.logger.error(
                        "A stream could not begin.", metadata: ["error": "\(String(reflecting: error))", "request": "\(request.requestID)"])
                }
                answer(.failure(refusal))
            }
        case .read(let position, let scope, let answer):
            do {
                answer(.success(try await library.store.feed(after: position, limit: Self.pageMax, in: scope)))
            } catch {
                answer(.failure(error))
            }
        }
    }

    private func admit(_ request: StreamRequest) async throws -> StreamAdmission {
        let admitted = try await gate(request)
        let asked = try request.position()
        guard state.withLock({ $0.enter(admitted, most: Self.strangersMax) }) else {
            throw ColophonError(
                .rateLimited, "You have \(Self.strangersMax) streams open; close one, or sign in.", reason: "TOO_MANY_STREAMS",
                retryAfterSeconds: 5)
        }
        do {
            let slice = try await library.store.feed(after: asked, limit: Self.pageMax, in: admitted.scope)
            return StreamAdmission(request, admitted, asked: asked, slice: slice)
        } catch {
            state.withLock { $0.leave(admitted) }
            throw error
        }
    }
}

extension FeedHub.State {
    /// Counts a stream of a stranger's, unless there are as many as may be.
    fileprivate mutating func enter(_ admitted: Admitted, most: Int) -> Bool {
        guard let stranger = admitted.stranger else { return true }
        guard strangers[stranger, default: 0] < most else { return false }
        strangers[stranger, default: 0] += 1
        return true
    }

    mutating func leave(_ admitted: Admitted) {
        guard let stranger = admitted.stranger, let count = strangers[stranger] else { return }
        strangers[stranger] = count > 1 ? count - 1 : nil
    }
}
