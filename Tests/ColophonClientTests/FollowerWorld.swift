import ColophonAPI
import ColophonClient
import ColophonSamples

/// A server and a network that do to a follower whatever they can, by chance.
struct FollowerWorld {
    var follower: ChangeFollower
    var feed = ModelFeed()
    var replica: Replica
    var random: SplitMix64
    /// How many of a hundred things go wrong.
    var faults: Int
    var trims = true
    private var cursor: Int64 = 0
    private(set) var steps = 0

    init(seed: UInt64, since: ChangePosition?, faults: Int) {
        random = SplitMix64(seed: seed)
        self.faults = faults
        follower = ChangeFollower(since: since)
        replica = Replica(since: since)
    }

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }
    private mutating func fault() -> Bool { chance(faults) }

    mutating func write() {
        for _ in 0..<Int.random(in: 0...3, using: &random) where chance(60) { feed.change(using: &random) }
        if trims && faults > 0 && chance(3) { feed.trim(to: feed.head - Int64.random(in: 0...4, using: &random)) }
    }

    /// Does what the follower says, more or less well.
    mutating func step() {
        steps += 1
        switch follower.next() {
        case .deliver: if let change = follower.take() { replica.take(change, of: feed) }
        case .pause: follower.paused()
        case .list(let cursor):
            if fault() { return follower.requestFailed() }
            let page = feed.page(after: cursor, limit: 2)
            follower.listed(page.documents, at: feed.position, next: page.next)
        case .fetch(let since):
            if fault() { return follower.requestFailed(retryAfter: .seconds(1)) }
            guard feed.accepts(since) else { return follower.resync(.cursorExpired) }
            // A replica of the database may lag behind the stream.
            if fault() { return follower.fetched(DeltaOut(changes: [], nextSince: "\(since)", hasMore: chance(50))) }
            follower.fetched(feed.delta(since: since, limit: Int.random(in: 1...4, using: &random)))
        case .open(let position): open(after: position)
        case .read: for _ in 0..<Int.random(in: 1...3, using: &random) { frame() }
        }
    }

    private mutating func open(after position: ChangePosition) {
        if fault() { return follower.disconnected(retryAfter: chance(50) ? .seconds(2) : nil) }
        follower.opened()
        if fault() { return follower.disconnected() }
        guard feed.accepts(position) else {
            cursor = feed.head
            follower.received(.ready(feed.position))
            return follower.received(.resync(.cursorExpired))
        }
        // Servers are free not to replay what was missed.
        cursor = fault() ? feed.head : position.number
        follower.received(.ready(ChangePosition(cursor)))
    }

    private mutating func frame() {
        if fault() { return follower.disconnected() }
        if cursor >= feed.head || fault() { return follower.received(chance(80) ? .keepalive : .other) }
        if cursor > 0 && fault() { return send(Int64.random(in: 1...cursor, using: &random)) }
        // Frames that never come.
        if fault() { cursor = Int64.random(in: cursor...feed.head, using: &random) }
        if cursor + 1 < feed.head && fault() {
            send(cursor + 2)
            send(cursor + 1)
            cursor += 2
        } else if cursor < feed.head {
            cursor += 1
            send(cursor)
        }
    }

    private mutating func send(_ number: Int64) {
        let entry = feed.entry(number)
        follower.received(.change(entry.number, fault() ? nil : entry))
    }

    /// Whether everything was told, and the follower waits for more.
    var isQuiet: Bool { follower.next() == .read && replica.position == feed.position }
}
