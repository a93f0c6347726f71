import ColophonCore
import ColophonTestSupport
import Testing

@testable import ColophonServer

/// What a key may do, for how long, and when it is noted that it did.
@Suite struct KeyAccessTests {
    let test: TestLibrary

    init() async throws { test = try await TestLibrary() }

    @Test func `a key that has expired is refused in the words in which every other is`() async throws {
        let key = try await test.library.createKey(named: "k", for: test.store.scope.workspace, lifetime: .seconds(60))
        #expect(try await test.library.authenticate(.key(key.text), workspace: nil, needs: .admin).permission == .admin)
        test.store.clock.advance(by: .seconds(60))
        var words: Set<String> = []
        for credential in [.key(key.text), .key("x"), .key(APIKey.make().text), .session("x"), .session(""), nil] as [Credential?] {
            let error = await #expect(throws: ColophonError.self) {
                try await test.library.authenticate(credential, workspace: nil, needs: .read)
            }
            #expect(error?.code == .unauthorized)
            words.insert(error?.message ?? "")
        }
        #expect(words.count == 1)
    }

    @Test(arguments: Role.allCases, Permission.allCases)
    func `what may be done is the lesser of the role's and the key's`(role: Role, scope: Permission) async throws {
        let key = try await test.library.createKey(named: "k", for: test.store.scope.workspace, role: role, scope: scope)
        for needs in Permission.allCases {
            let isAllowed = needs <= role.permission && needs <= scope
            do {
                #expect(
                    try await test.library.authenticate(.key(key.text), workspace: nil, needs: needs).permission
                        == min(role.permission, scope))
                #expect(isAllowed)
            } catch let error as ColophonError {
                #expect(error.code == .forbidden && !isAllowed)
            }
        }
    }

    @Test func `a key's use is stored within the next half minute, and not more often than each minute`() async throws {
        let use = KeyUse(library: test.library)
        func lastUse() async throws -> Timestamp? { try await test.store.store.access(of: test.key.id, in: nil)?.key.lastUsedAt }
        _ = try await test.library.authenticate(.key(test.key.text), workspace: nil, needs: .read)
        #expect(try await lastUse() == nil)
        await use.store()
        let first = try await lastUse()
        #expect(first == test.store.clock.now())
        test.store.clock.advance(by: .seconds(59))
        _ = try await test.library.authenticate(.key(test.key.text), workspace: nil, needs: .read)
        #expect(test.library.uses.take() == [])
        test.store.clock.advance(by: .seconds(1))
        _ = try await test.library.authenticate(.key(test.key.text), workspace: nil, needs: .read)
        await use.store()
        #expect(try await lastUse() == test.store.clock.now())
    }
}
