import ColophonCore
import Testing

@Suite struct ClaimTurnsTests {
    private let start = Timestamp(milliseconds: 1_000_000)
    private func workspace(_ name: String) -> WorkspaceID { WorkspaceID(rawValue: name) }

    @Test func `each claim begins with the workspace after the last that was served`() {
        var turns = ClaimTurns()
        _ = turns.begin(at: start)
        for name in ["c", "a", "b"] { turns.found(workspace(name)) }
        #expect(turns.rotation.map(\.rawValue) == ["a", "b", "c"])
        turns.served(workspace("a"), upTo: nil)
        #expect(turns.rotation.map(\.rawValue) == ["b", "c", "a"])
        turns.served(workspace("c"), upTo: nil)
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
        turns.found(workspace("m"))
        turns.found(workspace("m"))
        #expect(turns.gaps.map { [$0.after?.rawValue, $0.before?.rawValue] } == [[nil, "m"], ["m", nil]])
    }

    @Test func `a claim goes on a little before where the last one ended, and never beyond now`() {
        var turns = ClaimTurns()
        _ = turns.begin(at: start)
        turns.found(workspace("a"))
        #expect(turns.start(of: workspace("a"), at: start) == nil)
        turns.served(workspace("a"), upTo: ClaimTurns.Place(orderAt: start - .seconds(5), job: "j"))
        #expect(turns.start(of: workspace("a"), at: start)?.orderAt == start - .seconds(5) - ClaimTurns.lag)
        turns.served(workspace("a"), upTo: ClaimTurns.Place(orderAt: start + .seconds(600), job: "j"))
        #expect(turns.start(of: workspace("a"), at: start)?.orderAt == start - ClaimTurns.lag)
    }

    @Test func `everything is forgotten after a second, or later when looking anew was dear`() {
        var turns = ClaimTurns()
        let first = turns.begin(at: start)
        turns.found(workspace("a"))
        let soon = turns.begin(at: start + .milliseconds(999))
        let later = turns.begin(at: start + .seconds(1))
        #expect(first && !soon && later && turns.rotation.isEmpty)
        turns.lookingTook(.milliseconds(500), at: start + .seconds(1))
        let before = turns.begin(at: start + .seconds(10))
        let after = turns.begin(at: start + .seconds(11))
        #expect(!before && after)
    }
}
