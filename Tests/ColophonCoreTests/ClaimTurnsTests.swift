import ColophonCore
import Testing

@Suite struct ClaimTurnsTests {
    private let start = Timestamp(milliseconds: 1_000_000)
    private func workspace(_ name: String) -> WorkspaceID { WorkspaceID(rawValue: name) }

    @Test func `each claim begins with the workspace after the last that was served`() {
        var turns = ClaimTurns()
        _ = turns.begin(at: start)
        for name in ["c", "a", "b"] { turns.found(workspace(name), head: start, isDue: true, at: start) }
        #expect(turns.rotation.map(\.rawValue) == ["a", "b", "c"])
        turns.served(workspace("a"), upTo: start, at: start)
        #expect(turns.rotation.map(\.rawValue) == ["b", "c", "a"])
        turns.served(workspace("c"), upTo: start, at: start)
        #expect(turns.rotation.map(\.rawValue) == ["a", "b", "c"])
    }

    @Test func `shares add up to what is wanted, and differ by one at most`() {
        for wanted in 1...20 {
            for workspaces in 1...20 {
                var left = wanted
                let shares = (0..<workspaces).map { index in
                    let share = min(left, ClaimTurns.share(of: left, among: workspaces - index))
                    left -= share
                    return share
                }
                #expect(shares.reduce(0, +) == wanted && (shares.max() ?? 0) - (shares.min() ?? 0) <= 1)
            }
        }
    }

    @Test func `unknown workspaces are looked for in the gaps between the known ones`() {
        var turns = ClaimTurns()
        #expect(turns.gaps.map { [$0.after?.rawValue, $0.before?.rawValue] } == [[nil, nil]])
        turns.found(workspace("m"), head: start, isDue: true, at: start)
        turns.found(workspace("m"), head: start, isDue: true, at: start)
        #expect(turns.gaps.map { [$0.after?.rawValue, $0.before?.rawValue] } == [[nil, "m"], ["m", nil]])
    }

    @Test func `a claim goes on a little before where the last one ended, and never goes back`() {
        var turns = ClaimTurns()
        _ = turns.begin(at: start)
        turns.found(workspace("a"), head: start, isDue: true, at: start)
        #expect(turns.start(of: workspace("a")) == start)
        turns.served(workspace("a"), upTo: start + .seconds(5), at: start)
        #expect(turns.start(of: workspace("a")) == start + .seconds(5) - ClaimTurns.lag)
        turns.served(workspace("a"), upTo: start + .seconds(4), at: start)
        #expect(turns.start(of: workspace("a")) == start + .seconds(5) - ClaimTurns.lag)
    }

    @Test func `everything is forgotten soon, or later when looking anew was dear`() {
        var turns = ClaimTurns()
        let first = turns.begin(at: start)
        turns.found(workspace("a"), head: start, isDue: true, at: start)
        let soon = turns.begin(at: start + ClaimTurns.pauseMin - .milliseconds(1))
        let later = turns.begin(at: start + ClaimTurns.pauseMin)
        #expect(first && !soon && later && turns.rotation.isEmpty && turns.start(of: workspace("a")) == nil)
        turns.lookingTook(.milliseconds(500), at: start + .seconds(1))
        let before = turns.begin(at: start + .seconds(10))
        let after = turns.begin(at: start + .seconds(11))
        #expect(!before && after)
    }

    @Test func `what claims learn that ran side by side is put together, and what is older than a fresh look is dropped`() {
        var turns = ClaimTurns()
        _ = turns.begin(at: start)
        turns.found(workspace("a"), head: start, isDue: true, at: start)
        var (slow, quick) = (turns, turns)
        quick.served(workspace("a"), upTo: start + .milliseconds(500), at: start)
        slow.served(workspace("a"), upTo: start + .milliseconds(100), at: start)
        slow.found(workspace("b"), head: start, isDue: true, at: start)
        turns.learn(from: quick)
        turns.learn(from: slow)
        #expect(turns.rotation.map(\.rawValue) == ["b", "a"])
        #expect(turns.start(of: workspace("a")) == start + .milliseconds(500) - ClaimTurns.lag)
        let before = turns
        let looksAnew = turns.begin(at: start + .seconds(2))
        turns.learn(from: before)
        #expect(looksAnew && turns.start(of: workspace("a")) == nil && turns.rotation == [workspace("a")])
    }

    @Test func `of several claims at once only one looks anew`() {
        var turns = ClaimTurns()
        _ = turns.begin(at: start)
        turns.found(workspace("a"), head: start, isDue: true, at: start)
        let looksAnew = turns.begin(at: start + .seconds(5), mayForget: false)
        #expect(!looksAnew && turns.rotation == [workspace("a")])
    }

    @Test func `looking anew begins behind the workspace that was served last, and comes round to it`() {
        var turns = ClaimTurns()
        _ = turns.begin(at: start)
        turns.found(workspace("b"), head: start, isDue: true, at: start)
        turns.served(workspace("b"), upTo: start, at: start)
        _ = turns.begin(at: start + .seconds(1))
        #expect(turns.gaps.map { [$0.after?.rawValue, $0.before?.rawValue] } == [["b", nil], [nil, "b"]])
        #expect(turns.rotation == [workspace("b")])
    }

    @Test func `a claim looks into a bounded number of gaps, and the next ones into the others`() {
        var turns = ClaimTurns()
        _ = turns.begin(at: start)
        for index in 100..<200 { turns.found(workspace("w\(index)"), head: start, isDue: true, at: start) }
        #expect(Array(turns.gaps).count == ClaimTurns.gapsMax)
        turns.served(workspace("w190"), upTo: start, at: start)
        #expect(Array(turns.gaps).first?.after == workspace("w190"))
    }

    @Test func `a clock that steps back makes everything forgotten`() {
        var turns = ClaimTurns()
        _ = turns.begin(at: start)
        turns.found(workspace("a"), head: start, isDue: true, at: start)
        let looksAnew = turns.begin(at: start - .seconds(600))
        #expect(looksAnew && turns.start(of: workspace("a")) == nil)
        turns.lookingTook(.seconds(60), at: start)
        let isCapped = turns.begin(at: start + ClaimTurns.pauseMax)
        #expect(isCapped)
    }

    @Test func `of workspaces where nothing is due so many are looked at, and then the ones behind them`() {
        var turns = ClaimTurns()
        _ = turns.begin(at: start)
        for index in 100..<(100 + ClaimTurns.quietMax) {
            #expect(turns.hasRoom)
            turns.found(workspace("w\(index)"), head: start + .seconds(60), isDue: false, at: start)
        }
        let last = workspace("w\(100 + ClaimTurns.quietMax - 1)")
        let sawAll = turns.endLooking()
        #expect(!sawAll && !turns.hasRoom && turns.gaps.first { _ in true }?.after == last)
        let looksAnew = turns.begin(at: start + .seconds(1))
        #expect(looksAnew && turns.hasRoom && turns.gaps.map { [$0.after, $0.before] } == [[last, nil], [nil, last]])
        turns.found(workspace("w900"), head: start, isDue: true, at: start + .seconds(1))
        let sawTheRest = turns.endLooking()
        #expect(sawTheRest && turns.gaps.map { [$0.after?.rawValue, $0.before?.rawValue] } == [[nil, "w900"], ["w900", nil]])
    }

    @Test func `a workspace that gave nothing leaves its share to the others, until it gives again`() {
        var turns = ClaimTurns()
        _ = turns.begin(at: start)
        turns.found(workspace("a"), head: start, isDue: true, at: start)
        turns.found(workspace("b"), head: start + .seconds(60), isDue: false, at: start)
        #expect(turns.sharers(turns.rotation) == 1)
        turns.served(workspace("b"), upTo: start, at: start)
        #expect(turns.sharers(turns.rotation) == 2)
        turns.served(workspace("a"), upTo: nil, at: start)
        turns.served(workspace("b"), upTo: nil, at: start)
        #expect(turns.sharers(turns.rotation) == 1 && turns.rotation.count == 2)
    }

    @Test func `who finds nothing due looks on behind the quiet ones, in the same claim`() {
        var turns = ClaimTurns()
        _ = turns.begin(at: start)
        for index in 100..<(100 + ClaimTurns.quietMax) {
            turns.found(workspace("w\(index)"), head: start + .seconds(60), isDue: false, at: start)
        }
        let last = turns.rotation.last
        turns.lookOn()
        #expect(turns.hasRoom && turns.rotation.isEmpty && turns.gaps.first { _ in true }?.after == last)
    }
}
