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

    /// The most workspaces that are known of which no job is due, as far as anybody knows: each claim asks all of them. When so many are
    /// known, looking ends; the next look goes on behind the last.
    package static let quietMax = 64
    /// How many such looks one claim takes while it finds nothing, and for how long it begins another.
    package static let looksMax = 16, looksTime: Duration = .milliseconds(200)

    /// In order of their ids.
    private var known: [WorkspaceID] = []
    /// Those of the known whose jobs wait for their time: they gave none when they were asked last, or their first is due later.
    private var quiet: Set<WorkspaceID> = []
    /// Where looking ended, if not everywhere; looked at, but looked for only when looking begins elsewhere again.
    private var lookedThrough: WorkspaceID?
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
        (known, starts, quiet) = (lastServed.map { [$0] } ?? [], [:], [])
        generation += 1
        memory = (now, now + Self.pauseMin)
        return true
    }

    /// Looking anew took so long: it must stay a small share of all.
    package mutating func lookingTook(_ duration: Duration, at now: Timestamp) {
        memory?.until = now + min(max(Self.pauseMin, duration * 20), Self.pauseMax)
    }

    /// The gaps between the known workspaces, as exclusive bounds, beginning where looking ended, or else with the one after the last that
    /// was served: others lie there.
    package var gaps: some Sequence<(after: WorkspaceID?, before: WorkspaceID?)> {
        var ends = known
        if let lookedThrough { Self.insert(lookedThrough, into: &ends) }
        let bounds = [nil] + ends.map(Optional.some) + [nil]
        let gaps = Array(zip(bounds, bounds.dropFirst()).map { (after: $0, before: $1) })
        let first = gaps.firstIndex { $0.after == lookedThrough ?? lastServed } ?? gaps.startIndex
        return (gaps[first...] + gaps[..<first]).prefix(Self.gapsMax)
    }

    /// Whether more workspaces may be looked for.
    package var hasRoom: Bool { quiet.count < Self.quietMax }

    /// - Parameters:
    ///   - head: The place of its first job; nothing lies before it.
    ///   - isDue: Whether that job is due. Where it is not, a later one of lower priority may be all the same.
    package mutating func found(_ workspace: WorkspaceID, head: Timestamp, isDue: Bool, at now: Timestamp) {
        // The first may be one that waits for its time: what comes meanwhile lies before it.
        advance(workspace, to: min(head, now))
        Self.insert(workspace, into: &known)
        if isDue { return }
        quiet.insert(workspace)
        if !hasRoom { lookedThrough = workspace }
    }

    /// Looking ended: everywhere, or because enough was found, unless there was no room for more.
    ///
    /// - Returns: Whether there was.
    package mutating func endLooking() -> Bool {
        if hasRoom { lookedThrough = nil }
        return hasRoom
    }

    /// Forgets the quiet ones, to make room for those behind them.
    package mutating func lookOn() {
        known.removeAll { quiet.contains($0) && $0 != lastServed }
        for workspace in quiet { starts[workspace] = nil }
        quiet = []
    }

    /// Every known workspace once, beginning with the one after the last that was served.
    package var rotation: [WorkspaceID] {
        guard let lastServed else { return known }
        let next = known.firstIndex { $0.rawValue > lastServed.rawValue } ?? known.startIndex
        return Array(known[next...] + known[..<next])
    }

    /// How many workspaces will share what is wanted, of those that are asked from some place of the rotation on; one that gave nothing the last
    /// time leaves its share to the others.
    package func sharers(_ rest: some Sequence<WorkspaceID>) -> Int { max(1, rest.count { !quiet.contains($0) }) }

    /// How many of the jobs still wanted the next workspace may have, when so many may still follow, itself included.
    package static func share(of wanted: Int, among workspaces: Int) -> Int { (wanted + workspaces - 1) / workspaces }

    /// The place from which on to look for a known workspace's next job.
    package func start(of workspace: WorkspaceID) -> Timestamp? { starts[workspace] }

    /// A workspace was asked for jobs.
    ///
    /// - Parameter last: The place of the last of those that it gave; nil where it gave none: what comes lies behind the present.
    package mutating func served(_ workspace: WorkspaceID, upTo last: Timestamp?, at now: Timestamp) {
        advance(workspace, to: (last ?? now) - Self.lag)
        if last == nil {
            quiet.insert(workspace)
        } else {
            quiet.remove(workspace)
            // Kept when all else is forgotten: where one job was there are more, as a rule.
            lastServed = workspace
        }
    }

    /// Takes over what a claim learnt that began with a copy of this, while others did so too.
    package mutating func learn(from other: ClaimTurns) {
        guard other.generation == generation else {
            if other.generation > generation { self = other }
            return
        }
        for (workspace, start) in other.starts {
            advance(workspace, to: start)
            Self.insert(workspace, into: &known)
        }
        quiet = quiet.subtracting(other.known).union(other.quiet)
        (lastServed, lookedThrough) = (other.lastServed ?? lastServed, other.lookedThrough)
        memory = [memory, other.memory].compactMap { $0 }.max { $0.until < $1.until }
    }

    private static func insert(_ workspace: WorkspaceID, into list: inout [WorkspaceID]) {
        let index = list.firstIndex { $0.rawValue >= workspace.rawValue } ?? list.endIndex
        if index == list.endIndex || list[index] != workspace { list.insert(workspace, at: index) }
    }

    private mutating func advance(_ workspace: WorkspaceID, to place: Timestamp) {
        starts[workspace] = max(starts[workspace] ?? place, place)
    }
}
