/// Whose turn it is when jobs are claimed: workspaces in rotation, and in each where to go on looking.
///
/// A pure value; the driver asks the table. It is a hint: what it leaves out is found after `pause` at the latest, when it forgets
/// all it knows. Where to go on matters on PostgreSQL, where a claim that starts at the head of its index walks over every job that
/// was claimed since the oldest open snapshot.
package struct ClaimTurns: Sendable, Equatable {
    /// A place in a workspace's order of claims.
    package struct Place: Sendable, Equatable {
        package var orderAt: Timestamp
        package var job: String

        package init(orderAt: Timestamp, job: String) {
            self.orderAt = orderAt
            self.job = job
        }
    }

    /// How long a job may be overlooked whose transaction committed later than that of a job behind it.
    package static let pauseMin: Duration = .seconds(1)
    /// How far before the last claimed job a claim looks again: a transaction that takes longer than this to commit waits for the pause.
    package static let lag: Duration = .milliseconds(100)

    /// In order of their ids.
    private var known: [WorkspaceID] = []
    private var marks: [WorkspaceID: Place] = [:]
    private var lastServed: WorkspaceID?
    private var forgetAt: Timestamp?

    package init() {}

    /// Begins a claim; forgets what is known when that is too old.
    ///
    /// - Returns: Whether everything was forgotten, so that the claim should say what looking anew cost.
    package mutating func begin(at now: Timestamp) -> Bool {
        if let forgetAt, now < forgetAt { return false }
        (known, marks) = ([], [:])
        forgetAt = now + Self.pauseMin
        return true
    }

    /// Looking anew took so long: it must stay a small share of all.
    package mutating func lookingTook(_ duration: Duration, at now: Timestamp) {
        forgetAt = now + max(Self.pauseMin, duration * 20)
    }

    /// The gaps between the known workspaces, as exclusive bounds: others lie there.
    package var gaps: [(after: WorkspaceID?, before: WorkspaceID?)] {
        let bounds = [nil] + known.map(Optional.some) + [nil]
        return zip(bounds, bounds.dropFirst()).map { ($0, $1) }
    }

    package mutating func found(_ workspace: WorkspaceID) {
        let index = known.firstIndex { $0.rawValue >= workspace.rawValue } ?? known.endIndex
        if index == known.endIndex || known[index] != workspace { known.insert(workspace, at: index) }
    }

    /// Every known workspace once, beginning with the one after the last that was served.
    package var rotation: [WorkspaceID] {
        guard let lastServed else { return known }
        let next = known.firstIndex { $0.rawValue > lastServed.rawValue } ?? known.startIndex
        return Array(known[next...] + known[..<next])
    }

    /// How many of the jobs still wanted the next workspace may have, when so many may still follow, itself included.
    package static func share(of wanted: Int, among workspaces: Int) -> Int { (wanted + workspaces - 1) / workspaces }

    /// Where to look for a workspace's next job; nil is its beginning.
    package func start(of workspace: WorkspaceID, at now: Timestamp) -> Place? {
        guard let mark = marks[workspace] else { return nil }
        // A job of low priority may have been claimed before its turn: what is due from now on comes before it.
        return Place(orderAt: min(mark.orderAt, now) - Self.lag, job: "")
    }

    /// A workspace was asked for jobs; the last of those that it gave.
    package mutating func served(_ workspace: WorkspaceID, upTo last: Place?) {
        lastServed = workspace
        if let last { marks[workspace] = last }
    }
}
