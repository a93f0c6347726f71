import ColophonCore
import ColophonSamples
import Testing

@Suite struct LeaseBudgetTests {
    @Test func `a budget counts from before the request was sent, and leaves out the round trip and a margin`() {
        let budget = LeaseBudget(lease: .seconds(15), sentAt: .seconds(100), answeredAt: .seconds(102))
        #expect(budget.end == .seconds(110))
        #expect(budget.left(at: .seconds(104)) == .seconds(6))
        #expect(budget.left(at: .seconds(111)) == .seconds(-1))
    }

    @Test func `an answer that took longer than the lease leaves nothing`() {
        #expect(LeaseBudget(lease: .seconds(15), sentAt: .zero, answeredAt: .seconds(16)).left(at: .seconds(16)) < .zero)
    }

    @Test func `an older answer does not shorten a newer budget`() {
        let old = LeaseBudget(lease: .seconds(15), sentAt: .zero, answeredAt: .seconds(1))
        let new = LeaseBudget(lease: .seconds(15), sentAt: .seconds(5), answeredAt: .seconds(5))
        #expect(old.extended(by: new) == new && new.extended(by: old) == new)
    }

    @Test func `whatever the network does, the budget ends a margin before the lease`() {
        var generator = SplitMix64(seed: 3)
        for _ in 0..<10_000 {
            let lease = Duration.milliseconds(Int64.random(in: 1000...60_000, using: &generator))
            let sentAt = Duration.milliseconds(Int64.random(in: 0...1_000_000, using: &generator))
            let executedAt = sentAt + .milliseconds(Int64.random(in: 0...30_000, using: &generator))
            let answeredAt = executedAt + .milliseconds(Int64.random(in: 0...30_000, using: &generator))
            let budget = LeaseBudget(lease: lease, sentAt: sentAt, answeredAt: answeredAt)
            #expect(budget.end <= executedAt + lease - LeaseBudget.margin(of: lease))
        }
    }
}
