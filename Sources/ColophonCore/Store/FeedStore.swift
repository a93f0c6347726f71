/// The feeds of workspaces; ids are dense and follow commit order.
package protocol FeedStore: Sendable {
    /// A workspace's feed and the changes after a position, in order, all of one moment.
    ///
    /// - Parameters:
    ///   - position: Nil asks for no changes; one that the feed cannot be continued from (`FeedPosition.continues`) gets none.
    ///   - limit: The most changes, from 1.
    /// - Returns: A feed without changes for a workspace that has none yet.
    /// - Complexity: O(`limit`), by the changes' key.
    func feed(after position: Int64?, limit: Int, in scope: WorkspaceScope) async throws -> FeedSlice

    /// How far the feeds of these workspaces reach; those that have none are left out.
    ///
    /// - Complexity: One index look-up each.
    func feeds(in scopes: [WorkspaceScope]) async throws -> [WorkspaceID: FeedPosition]
}
