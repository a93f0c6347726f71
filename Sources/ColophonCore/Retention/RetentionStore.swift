/// What may go, and when. All times are the database's.
///
/// Rows lose first: a verb that expires something forgets its blobs in its transaction and hands them to the caller, who removes them. Should
/// that not happen, no row refers to them any more and the sweep of leftovers finds them; no row ever promises bytes that are gone.
package protocol RetentionStore: Sendable {
    /// - Throws: `notFound` for an unknown workspace.
    func retention(of workspace: WorkspaceID) async throws -> RetentionPolicy

    /// Sets what a workspace keeps; counts for what comes from now on, and for what is there once `reschedule` has been over it.
    ///
    /// - Throws: `notFound` for an unknown workspace.
    func setRetention(_ policy: RetentionPolicy, of workspace: WorkspaceID) async throws

    /// Gives the sources and results of some documents the time that the workspace's policy says, counted from upload, completion and first
    /// download.
    ///
    /// - Parameters:
    ///   - after: The last document of the call before; nil begins.
    ///   - limit: The most documents, from 1.
    /// - Returns: The last document that was looked at; nil when there are no more.
    func reschedule(after: DocumentID?, limit: Int, in workspace: WorkspaceID) async throws -> DocumentID?

    /// Records that a result of a complete run was sent to its last byte: the run's count goes up, the first time is an event and a change, and
    /// the workspace's time after a download begins.
    func noteDownload(of run: RunID, of id: DocumentID, in scope: WorkspaceScope) async throws

    /// Makes everything of documents that were deleted that long ago due to expire, at most `limit` documents.
    ///
    /// - Returns: How many documents.
    func purgeDeleted(olderThan age: Duration, limit: Int) async throws -> Int

    /// Expires what is due and not needed, at most `limit` versions or runs (1,024 at most), with an event and, unless the document is deleted,
    /// a change each. What is needed stays: a source while a run over it is active, results while a recorded duplicate serves them.
    ///
    /// What somebody else is writing just now is passed over, so that no request waits for retention for longer than a batch takes.
    ///
    /// - Returns: What expired, with the blobs to remove; empty when nothing was due.
    func expire(_ kind: RetainedKind, limit: Int) async throws -> Expiry

    /// Removes the oldest events of some documents, and raises the documents' floors by as many.
    ///
    /// - Parameters:
    ///   - age: Younger ones are kept.
    ///   - after: Where the call before ended; nil begins.
    ///   - limit: The most documents that are looked at, from 1; of one document at most 1,000 events are removed at a time.
    /// - Complexity: One index look-up a document.
    func trimEvents(olderThan age: Duration, after: EventTrim.Place?, limit: Int) async throws -> EventTrim

    /// Removes the oldest changes of one workspace's feed, at most `limit`, and raises its floor; the newest change is always kept.
    ///
    /// - Parameter after: Workspaces up to this one are not looked at; nil begins.
    /// - Returns: What was removed from which; nil when no workspace after `after` has any old enough.
    func trimFeed(olderThan age: Duration, after: WorkspaceID?, limit: Int) async throws -> FeedTrim?

    /// Removes sessions whose time is over, with their memberships. What they made stays; they can no longer be told from unknown ones, except by
    /// their workspaces.
    ///
    /// - Parameter limit: The most that go at once, from 1.
    /// - Returns: How many went.
    func trimSessions(limit: Int) async throws -> Int

    /// Counts what the verbs above would remove, and removes nothing. Results that only duplicates in deleted documents still need may go
    /// uncounted.
    ///
    /// - Complexity: Reads every event and change that is old enough to go.
    func overdue(_ limits: Limits) async throws -> Overdue
}

/// What can expire.
package enum RetainedKind: String, Sendable, CaseIterable {
    /// The bytes of a version.
    case source
    /// All that a run made.
    case results
}

/// What a call of `expire` made expire.
package struct Expiry: Sendable, Equatable {
    /// Versions or runs.
    package var count: Int
    /// No row refers to these any more.
    package var blobs: [BlobKey]
    /// The blobs' sizes together.
    package var bytes: Int64

    package init(count: Int, blobs: [BlobKey], bytes: Int64) {
        self.count = count
        self.blobs = blobs
        self.bytes = bytes
    }
}

package struct EventTrim: Sendable, Equatable {
    package var removed: Int
    /// Where to go on; nil at the end.
    package var next: Place?

    package struct Place: Sendable, Equatable {
        package var workspace: WorkspaceID
        package var document: DocumentID

        package init(workspace: WorkspaceID, document: DocumentID) {
            self.workspace = workspace
            self.document = document
        }
    }

    package init(removed: Int, next: Place?) {
        self.removed = removed
        self.next = next
    }
}

package struct FeedTrim: Sendable, Equatable {
    package var workspace: WorkspaceID
    package var removed: Int
    /// Whether nothing old enough is left in this workspace.
    package var isDone: Bool

    package init(workspace: WorkspaceID, removed: Int, isDone: Bool) {
        self.workspace = workspace
        self.removed = removed
        self.isDone = isDone
    }
}

/// What a sweep would remove.
package struct Overdue: Sendable, Equatable {
    package var deletedDocuments = 0
    package var sources = 0
    package var results = 0
    package var events = 0
    package var changes = 0
    package var sessions = 0
    /// Of sources and results.
    package var bytes: Int64 = 0

    package init() {}
}
