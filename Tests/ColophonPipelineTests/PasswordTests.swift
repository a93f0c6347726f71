import ColophonCore
import ColophonTestSupport
import Testing

/// Passwords that came with documents.
@Suite struct PasswordTests {
    private let workspace = WorkspaceID(rawValue: "w")

    @Test func `a password belongs to bytes in a workspace, and the newest one counts`() {
        let passwords = DocumentPasswords()
        passwords.keep("a", for: "1", in: workspace, now: .zero)
        passwords.keep("b", for: "1", in: workspace, now: .seconds(1))
        #expect(passwords.password(for: "1", in: workspace, now: .seconds(2)) == "b")
        #expect(passwords.password(for: "2", in: workspace, now: .seconds(2)) == nil)
        #expect(passwords.password(for: "1", in: WorkspaceID(rawValue: "v"), now: .seconds(2)) == nil)
    }

    @Test func `it is forgotten in time, and the oldest when there are too many`() {
        let passwords = DocumentPasswords()
        for index in 0...DocumentPasswords.countMax { passwords.keep("x", for: "\(index)", in: workspace, now: .milliseconds(index)) }
        #expect(passwords.password(for: "0", in: workspace, now: .seconds(2)) == nil)
        #expect(passwords.password(for: "1", in: workspace, now: .seconds(2)) == "x")
        #expect(passwords.password(for: "1", in: workspace, now: DocumentPasswords.keptFor + .seconds(2)) == nil)
    }

    @Test(arguments: ["", "a\nb", String(repeating: "x", count: 1025)]) func `what no format takes is refused`(password: String)
        async throws
    {
        let test = try await TestLibrary()
        let error = #expect(throws: ColophonError.self) { try test.library.keepPassword(password, for: "1", in: test.store.scope) }
        #expect(error?.code == .invalid && error?.field == "X-Document-Password")
    }
}
