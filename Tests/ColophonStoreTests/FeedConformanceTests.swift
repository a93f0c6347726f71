import ColophonCore
import ColophonTestSupport
import Testing

@testable import ColophonStore

/// What a feed promises, whichever engine keeps it.
@Suite struct FeedConformanceTests {
    @Test(arguments: StoreDriver.allCases)
    func `from every position the changes after it come in order, without gaps, page by page`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        for index in 0..<5 { try await open.upload("document \(index)", process: false) }
        let head = try await open.store.feed(after: nil, limit: 1, in: open.scope).feed.head
        #expect(head >= 5)
        for start in 1...head {
            var (position, seen) = (start, [Int64]())
            while true {
                let slice = try await open.store.feed(after: position, limit: 2, in: open.scope)
                guard let last = slice.changes.last else { break }
                seen += slice.changes.map(\.id)
                position = last.id
            }
            #expect(seen == Array(start..<head).map { $0 + 1 })
        }
        try await open.database.close()
    }

    @Test(arguments: StoreDriver.allCases)
    func `a workspace without changes has an empty feed, and so has one that is not there`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let nowhere = WorkspaceScope(workspace: WorkspaceID(rawValue: "nowhere"), actor: "test")
        for scope in [open.scope, nowhere] {
            #expect(
                try await open.store.feed(after: 0, limit: 5, in: scope) == FeedSlice(feed: FeedPosition(head: 0, floor: 0), changes: []))
        }
        try await open.upload("a")
        let feeds = try await open.store.feeds(in: [open.scope, open.stranger, nowhere])
        #expect(Set(feeds.keys) == [open.scope.workspace, open.stranger.workspace])
        #expect(feeds[open.stranger.workspace] == FeedPosition(head: 0, floor: 0))
        #expect(feeds[open.scope.workspace].map { $0.head > 0 && $0.floor == 1 } == true)
        try await open.database.close()
    }

    @Test(arguments: StoreDriver.allCases)
    func `a commit that moved feeds tells whose, one that did not tells nothing`(driver: StoreDriver) async throws {
        let signal = FeedSignal()
        let open = try await driver.openEmpty { signal.note($0) }
        _ = await signal.wait(timeout: .zero)
        try await open.upload("a")
        #expect(await signal.wait(timeout: .seconds(30)) == .some([open.scope.workspace]))
        try await open.store.setRetention(RetentionPolicy(), of: open.scope.workspace)
        #expect(await signal.wait(timeout: .milliseconds(20)) == .all)
        try await open.database.close()
    }

    @Test func `a client's position counts between the floor and the head, a stream's from one before the floor`() {
        let feed = FeedPosition(head: 9, floor: 4)
        #expect((0...11).filter { feed.accepts($0) } == [4, 5, 6, 7, 8, 9])
        #expect((0...11).filter { feed.continues($0) } == [3, 4, 5, 6, 7, 8, 9])
        #expect(feed.refusal(of: 3) == .expired && feed.refusal(of: 10) == .ahead)
        #expect(FeedPosition(head: 0, floor: 0).accepts(0))
    }
}
