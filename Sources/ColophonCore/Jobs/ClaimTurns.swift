/// Whose turn it is when jobs are claimed: workspaces in rotation, and in each where to go on looking.
///
/// A pure value; the driver asks the table. It is a hint: what it leaves out (a job whose place lies before the last claimed one, because
/// it is more urgent, was put back, or committed later) is found when it forgets all it knows, after `pauseMin` or twenty times as long as
/// looking anew took, `pauseMax` at most. Where to go on matters on PostgreSQL, where a claim that starts at the head of its index walks over every job that
/// was claimed since the oldest open snapshot.
package struct ClaimTurns: Sendable {
    /// How long a job may be overlooked, while looking anew costs little.
    package static let pauseMin: Duration = .milliseconds(50)
    /// How long a job may be overlooked at most.
    package static let pauseMax: Duration = .seconds(30)
    /// The most gaps that one claim looks into; later claims look into the others, since they begin elsewhere.
    package static let gapsMax = 32
    /// How far before the last claimed job a claim looks again: what took longer than this to commit waits for the pause.
    package static let lag: Duration = .milliseconds(20)

    /// In order of their ids.
    private var known: [WorkspaceID] = []
    private var starts: [WorkspaceID: Timestamp] = [:]
    private var lastServed: WorkspaceID?
    /// When everything was forgotten, and when it will be again; a clock that steps back is noticed by the first.
    private var memory: (since: Timestamp, until: Timestamp)?
    /// How often everything was forgotten.
    private var generation = 0

    package init() {}

    /// Begins a claim; forgets what is known when that is too old.
    ///
    /// - Parameter mayForget: Whether this claim may look anew; of several at once one is enough.
    /// - Returns: Whether everything was forgotten, so that the claim should say what looking anew cost.
    package mutating func begin(at now: Timestamp, mayForget: Bool = true) -> Bool {
        if let memory, (memory.since..<memory.until).contains(now) || !mayForget { return false }
        // Whose turn it was stays known: looking goes on behind it, or the first workspaces would be found again and again.
        (known, starts) = (lastServed.map { [$0] } ?? [], [:])
        generation += 1
        memory = (now, now + Self.pauseMin)
        return true
    }

    /// Looking anew took so long: it must stay a small share of all.
    package mutating func lookingTook(_ duration: Duration, at now: Timestamp) {
        memory?.until = now + min(max(Self.pauseMin, duration * 20), Self.pauseMax)
    }

    /// The gaps between the known workspaces, as exclusive bounds, beginning with the one after the last that was served: others lie there.
    package var gaps: some Sequence<(after: WorkspaceID?, before: WorkspaceID?)> {
        let bounds = [nil] + known.map(Optional.some) + [nil]
        let gaps = Array(zip(bounds, bounds.dropFirst()).map { (after: $0, before: $1) })
        let first = gaps.firstIndex { $0.after == lastServed } ?? gaps.startIndex
        return (gaps[first...] + gaps[..<first]).prefix(Self.gapsMax)
    }

    /// - Parameter head: The place of its first job; nothing lies before it.
    package mutating func found(_ workspace: WorkspaceID, head: Timestamp) {
        advance(workspace, to: head)
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

    /// The place from which on to look for a known workspace's next job.
    package func start(of workspace: WorkspaceID) -> Timestamp? { starts[workspace] }

    /// A workspace was asked for jobs.
    ///
    /// - Parameter last: The place of the last of those that it gave; the present where it gave none, since what comes lies behind that.
    package mutating func served(_ workspace: WorkspaceID, upTo last: Timestamp) {
        lastServed = workspace
        advance(workspace, to: last - Self.lag)
    }

    /// Takes over what a claim learnt that began with a copy of this, while others did so too.
    package mutating func learn(from other: ClaimTurns) {
        guard other.generation == generation else {
            if other.generation > generation { self = other }
            return
        }
        for (workspace, start) in other.starts { found(workspace, head: start) }
        lastServed = other.lastServed ?? lastServed
        memory = [memory, other.memory].compactMap { $0 }.max { $0.until < $1.until }
    }

    private mutating func advance(_ workspace: WorkspaceID, to place: Timestamp) {
        starts[workspace] = max(starts[workspace] ?? place, place)
    }
}
