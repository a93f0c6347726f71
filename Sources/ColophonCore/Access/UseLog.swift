import Synchronization

/// Who was here since somebody last looked: requests note it, and one writer stores it now and then.
package final class UseLog: Sendable {
    /// The most that are remembered; who comes when it is full is noted another time.
    package static let membersMax = 10_000

    private let members = Mutex<Set<Member>>([])

    package init() {}

    func note(_ member: Member) {
        members.withLock { members in
            if members.count < Self.membersMax { members.insert(member) }
        }
    }

    /// What has been noted; it is forgotten here.
    package func take() -> [Member] {
        members.withLock { members in
            defer { members = [] }
            return Array(members)
        }
    }
}
