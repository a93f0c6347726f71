import ColophonCore
import Testing

/// What becomes of a run, by class of failure, by what was counted, and by its deadline.
@Suite struct RetryDecisionTests {
    let policy = RetryPolicy()
    let wait: Duration = .seconds(4)

    private func decision(_ code: RunFailure.Code, _ before: AttemptCounts, timeLeft: Duration? = nil) -> RetryDecision {
        policy.decision(after: RunFailure(code), counted: before, wait: wait, timeLeft: timeLeft)
    }

    @Test(arguments: RunFailure.Code.allCases)
    func `a permanent failure ends the run, every other one is tried again at first`(code: RunFailure.Code) {
        let expected: RetryDecision = code.failureClass == .permanent ? .fail(RunFailure(code)) : .retry(after: wait)
        #expect(decision(code, AttemptCounts()) == expected)
    }

    @Test func `the third attempt that failed is the last, however many were cut off`() {
        #expect(decision(.ioError, AttemptCounts(failed: 1, crashes: 9, leasesLost: 9)) == .retry(after: wait))
        #expect(decision(.ioError, AttemptCounts(failed: 2)) == .fail(RunFailure(.ioError)))
    }

    @Test func `the third reader that was cut off sets the version aside, however many attempts failed`() {
        #expect(decision(.lost, AttemptCounts(failed: 9, crashes: 1, leasesLost: 9)) == .retry(after: wait))
        #expect(decision(.lost, AttemptCounts(crashes: 2)) == .quarantine(RunFailure(.lost)))
        #expect(decision(.lost, AttemptCounts(crashes: 7)) == .quarantine(RunFailure(.lost)))
    }

    @Test func `a lost lease is tried again at once, up to a bound`() {
        #expect(policy.decisionAfterLostLease(counted: AttemptCounts(failed: 9, crashes: 9, leasesLost: 48)) == .retry(after: .zero))
        guard case .fail(let failure) = policy.decisionAfterLostLease(counted: AttemptCounts(leasesLost: 49)) else {
            Issue.record("the bound is not kept")
            return
        }
        #expect(failure.code == .lost)
    }

    @Test func `a wait takes half of the time before the deadline at most`() {
        #expect(decision(.unknown, AttemptCounts(), timeLeft: .seconds(60)) == .retry(after: wait))
        #expect(decision(.unknown, AttemptCounts(), timeLeft: .seconds(6)) == .retry(after: .seconds(3)))
    }

    @Test(arguments: [0, -1, -100_000])
    func `once the deadline has passed nothing is tried again`(milliseconds: Int) {
        let timeLeft = Duration.milliseconds(milliseconds)
        #expect(decision(.unknown, AttemptCounts(), timeLeft: timeLeft) == .fail(RunFailure(.deadline)))
        #expect(decision(.lost, AttemptCounts(), timeLeft: timeLeft) == .fail(RunFailure(.deadline)))
        #expect(decision(.passwordProtected, AttemptCounts(), timeLeft: timeLeft) == .fail(RunFailure(.passwordProtected)))
        #expect(policy.decisionAfterLostLease(counted: AttemptCounts(), timeLeft: timeLeft) == .fail(RunFailure(.deadline)))
    }
}
