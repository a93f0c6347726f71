import ColophonAPI
import ColophonClient
import ColophonSamples
import Testing

@Suite struct ChangeFollowerTests {
    private static func entry(_ number: Int64, deletes: Bool = false) -> FeedEntry {
        FeedEntry(number: ChangePosition(number), documentId: "doc-\(number)", isDeletion: deletes)
    }

    private static func frame(_ number: Int64) -> FeedFrame { .change(ChangePosition(number), entry(number)) }

    private static func page(_ numbers: ClosedRange<Int64>, hasMore: Bool = false) -> DeltaOut {
        DeltaOut(
            changes: numbers.map { ChangeOut(id: "\($0)", documentId: "doc-\($0)", op: "upsert") }, nextSince: "\(numbers.upperBound)",
            hasMore: hasMore)
    }

    private static func numbers(_ follower: inout ChangeFollower) -> [Int64] {
        var numbers: [Int64] = []
        while follower.next() == .deliver, let change = follower.take() { numbers.append(change.position?.number ?? -1) }
        return numbers
    }

    /// A follower whose stream is open.
    private static func open(at position: Int64) -> ChangeFollower {
        var follower = ChangeFollower(since: ChangePosition(position))
        #expect(follower.next() == .open(after: ChangePosition(position)))
        follower.opened()
        follower.received(.ready(ChangePosition(position)))
        follower.received(.keepalive)
        return follower
    }

    @Test(arguments: [0, 2, 10, 30], [nil, ChangePosition(0)])
    func `whatever goes wrong on the way, every change is told once and in order`(faults: Int, since: ChangePosition?) {
        var resyncs = 0
        for seed in 0..<150 as Range<UInt64> {
            var world = FollowerWorld(seed: seed, since: since, faults: faults)
            for _ in 0..<600 {
                world.write()
                world.step()
            }
            world.faults = 0
            for _ in 0..<5000 where !world.isQuiet { world.step() }
            #expect(world.isQuiet, "seed \(seed): \(world.follower.next())")
            #expect(world.replica.breaches == [], "seed \(seed)")
            #expect(world.replica.documents == world.feed.live, "seed \(seed)")
            resyncs += world.replica.resyncs
        }
        // The runs hold what they are there to prove.
        if faults >= 10 { #expect(resyncs > 0) }
    }

    @Test(arguments: [2, 10, 30])
    func `a feed that keeps everything is told whole, without a resync`(faults: Int) {
        for seed in 1000..<1100 as Range<UInt64> {
            var world = FollowerWorld(seed: seed, since: nil, faults: faults)
            world.trims = false
            // Position 0 is refused once there is a change.
            world.feed.change(using: &world.random)
            for _ in 0..<600 {
                world.write()
                world.step()
            }
            let gaps = world.replica.resyncs
            world.faults = 0
            for _ in 0..<5000 where !world.isQuiet { world.step() }
            #expect(world.isQuiet && world.replica.breaches.isEmpty, "seed \(seed)")
            #expect(world.replica.resyncs == gaps, "seed \(seed)")
            // Delta that has nothing again and again is the one reason that is left.
            if faults == 2 { #expect(world.replica.resyncs == 0, "seed \(seed)") }
        }
    }

    @Test func `a gap is filled before anything after it is told`() {
        var follower = Self.open(at: 4)
        follower.received(Self.frame(5))
        follower.received(Self.frame(8))
        follower.received(Self.frame(9))
        #expect(Self.numbers(&follower) == [5])
        #expect(follower.next() == .fetch(since: ChangePosition(5)) && follower.isConnected)
        follower.fetched(Self.page(6...7, hasMore: true))
        #expect(Self.numbers(&follower) == [6, 7])
        #expect(follower.next() == .fetch(since: ChangePosition(7)))
        follower.fetched(Self.page(8...10))
        #expect(Self.numbers(&follower) == [8, 9, 10])
        #expect(follower.next() == .read)
        follower.received(Self.frame(10))
        follower.received(Self.frame(11))
        #expect(Self.numbers(&follower) == [11])
    }

    @Test func `a change that cannot be read is fetched by its number`() {
        var follower = Self.open(at: 4)
        follower.received(.change(ChangePosition(5), nil))
        #expect(follower.next() == .fetch(since: ChangePosition(4)))
    }

    @Test func `a change without any number ends the stream`() {
        var follower = Self.open(at: 4)
        follower.received(.change(nil, nil))
        #expect(!follower.isConnected && follower.position == ChangePosition(4))
    }

    @Test func `a stream that begins later than asked is caught up with, one that begins earlier is listed again`() {
        var later = ChangeFollower(since: ChangePosition(4))
        later.opened()
        later.received(.ready(ChangePosition(9)))
        #expect(later.next() == .fetch(since: ChangePosition(4)))

        var earlier = ChangeFollower(since: ChangePosition(4))
        earlier.opened()
        earlier.received(.ready(ChangePosition(2)))
        #expect(earlier.take() == .resync(.cursorAhead) && !earlier.isConnected)
    }

    @Test func `a resync is told before its snapshot, and after what came before it`() {
        var follower = Self.open(at: 4)
        follower.received(Self.frame(5))
        follower.received(.resync(.cursorExpired))
        follower.received(Self.frame(6))
        #expect(follower.take() == .upsert(documentId: "doc-5", position: ChangePosition(5)))
        #expect(follower.take() == .resync(.cursorExpired))
        #expect(follower.take() == nil)
        follower.paused()
        #expect(follower.next() == .list(cursor: nil))
        follower.listed([ModelFeed.document("a")], at: ChangePosition(20), next: "c")
        follower.listed([ModelFeed.document("b")], at: ChangePosition(25), next: nil)
        let first = SnapshotPage(documents: [ModelFeed.document("a")], position: ChangePosition(20), isFirst: true, isLast: false)
        let last = SnapshotPage(documents: [ModelFeed.document("b")], position: ChangePosition(20), isFirst: false, isLast: true)
        #expect(follower.take() == .snapshot(first))
        #expect(follower.take() == .snapshot(last))
        #expect(follower.next() == .open(after: ChangePosition(20)))
    }

    @Test func `delta that leaves a number out, or never has what exists, is listed again`() {
        var leaves = Self.open(at: 4)
        leaves.received(Self.frame(7))
        leaves.fetched(Self.page(6...7))
        #expect(leaves.take() == .resync(.gap))

        var never = Self.open(at: 4)
        never.received(Self.frame(7))
        var requests = 0
        while requests < 100, case .fetch = never.next() {
            requests += 1
            never.fetched(DeltaOut(changes: [], nextSince: "4", hasMore: false))
            never.paused()
        }
        #expect(requests == ChangeFollower.emptyPagesMax + 1)
        #expect(never.take() == .resync(.gap))
    }

    @Test func `a stream that cannot be had is stood in for by delta, and tried again`() {
        var follower = ChangeFollower(since: ChangePosition(4))
        follower.disconnected(retryAfter: .seconds(7))
        #expect(follower.next() == .pause(Pause(least: .seconds(7), spread: .seconds(3))))
        follower.paused()
        #expect(follower.next() == .open(after: ChangePosition(4)) && !follower.isPolling)
        follower.disconnected()
        follower.paused()
        var polls: [Int] = []
        for _ in 0..<6 {
            #expect(follower.isPolling)
            polls.append(0)
            while polls[polls.count - 1] < 100, case .fetch(let since) = follower.next() {
                polls[polls.count - 1] += 1
                follower.fetched(Self.page((since.number + 1)...(since.number + 1)))
                #expect(Self.numbers(&follower) == [since.number + 1])
                follower.paused()
            }
            #expect(follower.next() == .open(after: follower.position))
            follower.disconnected()
            follower.paused()
        }
        #expect(polls == [1, 2, 4, 8, 10, 10])
        // One that works ends it.
        while case .fetch = follower.next() {
            follower.requestFailed()
            follower.paused()
        }
        follower.opened()
        follower.received(.ready(follower.position))
        follower.received(.keepalive)
        follower.disconnected()
        #expect(!follower.isPolling)
    }

    @Test func `a stream that never says a word is stood in for at once`() {
        var follower = ChangeFollower(since: ChangePosition(4))
        follower.opened()
        follower.disconnected()
        #expect(follower.isPolling)
    }

    @Test func `pauses double up to half a minute, at random, and never undercut what the server asked for`() {
        var random = SplitMix64(seed: 3)
        var spreads: [Duration] = []
        for failures in 1...8 {
            let pause = Pause.backoff(after: failures, base: .seconds(3), least: .seconds(5))
            spreads.append(pause.spread)
            for _ in 0..<100 {
                let length = pause.length(using: &random)
                #expect(length >= .seconds(5) && length <= .seconds(5) + pause.spread)
            }
        }
        #expect(spreads == [3, 6, 12, 24, 30, 30, 30, 30].map { .seconds($0) })
        #expect(Pause.backoff(after: 1_000_000, base: .seconds(3), least: .seconds(1_000_000)).least == Pause.leastMax)
        var follower = Self.open(at: 4)
        follower.wait(200)
        follower.disconnected()
        #expect(follower.next() == .pause(Pause(least: .zero, spread: .milliseconds(200))))
    }
}
