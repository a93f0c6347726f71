import ColophonAPI
import ColophonCore
import ColophonStore
import ColophonTestSupport
import Testing

/// A ledger that is damaged.
@Suite(.timeLimit(.minutes(2))) struct FeedGapTests {
    @Test func `where the feed lacks a change streams go on behind the gap, and the server lives`() async throws {
        try await LiveServer.with { server in
            try await server.change("a")
            try await server.stream { reader in
                #expect(try await reader.next()?.event == "ready")
                try await server.change("b")
                #expect(try await reader.next()?.id == "2")
                // A number that no change has.
                try await server.test.store.database.write { transaction in
                    _ = try transaction.execute(
                        "UPDATE workspace_feeds SET head = head + 1 WHERE workspace_id = ?", [.text(server.scope.workspace.rawValue)])
                }
                try await server.change("c")
                #expect(try await reader.next()?.id == "4")
                try await server.change("d")
                #expect(try await reader.next()?.id == "5")
            }
        }
    }
}
