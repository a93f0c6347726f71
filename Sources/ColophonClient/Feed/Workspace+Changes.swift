import AsyncHTTPClient
import ColophonAPI
import NIOCore
import NIOHTTP1

extension Workspace {
    /// Everything that changes in the workspace's documents, in order and without end.
    ///
    /// Each change after the start is given exactly once: connections that break, a server that restarts, and frames that come twice or
    /// not at all make no difference. It is proven by the changes' numbers, which have no gaps. Where the server cannot tell any more what
    /// came next, `.resync` says so, and a new snapshot follows. While nobody asks for the next change, nothing more is read.
    ///
    /// The sequence tries again what may mend itself, for ever; it ends when its task is cancelled, and throws where the server says no:
    /// the key is not valid, or may not read this workspace. It may be iterated any number of times, each time from `since` on.
    ///
    /// - Parameters:
    ///   - since: The place to go on from, of a change that was dealt with; nil begins with a snapshot.
    ///   - listingDocuments: False leaves the documents out of snapshots, which then only name the position.
    ///   - notice: Told how the connection fares.
    public func changes(
        since: ChangePosition? = nil, listingDocuments: Bool = true, notice: (@Sendable (ConnectionNotice) -> Void)? = nil
    ) -> WorkspaceChanges {
        WorkspaceChanges(workspace: self, since: since, listsDocuments: listingDocuments, notice: notice)
    }

    /// Where the workspace's feed ends now: what follows from there is still to happen.
    public func changePosition() async throws(ClientError) -> ChangePosition {
        do throws(RequestFailure) { return try await page(of: .newest, limit: 1, cursor: nil).position } catch { throw error.error }
    }

    /// A page of documents, with the feed's place when it was read.
    func page(
        of selection: DocumentSelection, limit: Int, cursor: String?
    ) async throws(RequestFailure) -> (documents: [DocumentOut], position: ChangePosition, next: String?) {
        let list: DocumentListOut = try await attempt(.GET, "/documents" + selection.query(limit: limit, cursor: cursor))
        guard let position = ChangePosition(list.meta.changesCursor) else {
            throw RequestFailure(.badAnswer(cause: NoPosition(text: list.meta.changesCursor)))
        }
        return (list.items, position, list.meta.hasMore ? list.meta.nextCursor : nil)
    }

    func delta(since: ChangePosition, limit: Int) async throws(RequestFailure) -> DeltaOut {
        try await attempt(.GET, "/documents/delta?since=\(since)&limit=\(limit)")
    }

    func stream(after position: ChangePosition, silence: Duration) async throws(RequestFailure) -> FeedStream {
        var request = client.request(.GET, try await path("/documents/stream"))
        request.headers.add(name: "accept", value: "text/event-stream")
        request.headers.add(name: "last-event-id", value: "\(position)")
        let response = try await client.attempt(request, over: Transport.streams(silence: silence))
        do throws(ClientError) {
            return try FeedStream(response)
        } catch {
            throw RequestFailure(error, headers: response.headers)
        }
    }

    private struct NoPosition: Error { var text: String }
}
