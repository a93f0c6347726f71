public import ColophonAPI

/// Documents of a workspace, page after page as they are needed.
public struct DocumentSequence: AsyncSequence, Sendable {
    public typealias Element = DocumentOut
    public typealias Failure = ClientError

    /// How many documents a page is asked to hold.
    static let pageDocuments = 200

    let workspace: Workspace
    let selection: DocumentSelection

    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(workspace: workspace, selection: selection) }

    public struct AsyncIterator: AsyncIteratorProtocol {
        let workspace: Workspace
        let selection: DocumentSelection
        private var page: ArraySlice<DocumentOut> = []
        private var cursor: String?
        private var isLast = false

        init(workspace: Workspace, selection: DocumentSelection) {
            self.workspace = workspace
            self.selection = selection
        }

        public mutating func next() async throws(ClientError) -> DocumentOut? {
            while page.isEmpty && !isLast {
                let list = try await workspace.documents(selection, limit: DocumentSequence.pageDocuments, cursor: cursor)
                page = list.items[...]
                isLast = !list.meta.hasMore || list.meta.nextCursor == nil || list.meta.nextCursor == cursor
                cursor = list.meta.nextCursor
            }
            return page.popFirst()
        }
    }
}
