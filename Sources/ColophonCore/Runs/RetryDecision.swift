/// What becomes of a run whose attempt ended without a result.
package enum RetryDecision: Sendable, Equatable {
    /// Queued again, due after a wait.
    case retry(after: Duration)
    /// Fails with this failure.
    case fail(RunFailure)
    /// Fails, and its version is set aside: nobody reads those bytes again until somebody asks for it.
    case quarantine(RunFailure)
}

/// What was counted before the attempt that just ended.
package struct AttemptCounts: Sendable, Equatable {
    /// Attempts of the run that failed and may have worked later.
    package var failed: Int
    /// Attempts over the run's version, by any run, whose reader was cut off.
    package var crashes: Int
    /// Claims of the run whose worker stopped renewing.
    package var leasesLost: Int

    package init(failed: Int = 0, crashes: Int = 0, leasesLost: Int = 0) {
        self.failed = failed
        self.crashes = crashes
        self.leasesLost = leasesLost
    }
}

extension RetryPolicy {
    /// What follows on a failure.
    ///
    /// - Parameters:
    ///   - before: What was counted without this attempt.
    ///   - wait: The wait that was drawn for a next attempt (`delay(afterAttempt:using:)`).
    ///   - timeLeft: How long it is until the run's deadline, negative once it has passed; nil when it has none.
    package func decision(
        after failure: RunFailure, counted before: AttemptCounts, wait: Duration, timeLeft: Duration? = nil
    ) -> RetryDecision {
        switch failure.code.failureClass {
        case .permanent:
            return .fail(failure)
        case .retryable:
            if before.failed + 1 >= attemptsMax { return .fail(failure) }
        case .lost:
            // The last of several says what became of the version, not how that one ended; its event has that.
            if before.crashes + 1 >= crashesMax { return .quarantine(RunFailure(.lost)) }
        }
        return again(after: wait, timeLeft: timeLeft)
    }

    /// What follows when a run's worker stopped renewing its lease: its own doing or the machine's, so it waits for nothing.
    package func decisionAfterLostLease(counted before: AttemptCounts, timeLeft: Duration? = nil) -> RetryDecision {
        if before.leasesLost + 1 >= leasesLostMax {
            return .fail(RunFailure(.lost, "The run lost its worker \(leasesLostMax) times."))
        }
        return again(after: .zero, timeLeft: timeLeft)
    }

    /// A wait never reaches the deadline: it takes half of what is left at most, so that the next attempt has the other half.
    private func again(after wait: Duration, timeLeft: Duration?) -> RetryDecision {
        guard let timeLeft else { return .retry(after: wait) }
        return timeLeft <= .zero ? .fail(RunFailure(.deadline)) : .retry(after: min(wait, timeLeft / 2))
    }
}
