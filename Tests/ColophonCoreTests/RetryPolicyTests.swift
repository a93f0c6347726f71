import ColophonCore
import ColophonSamples
import Testing

@Suite struct RetryPolicyTests {
    @Test(arguments: [(1, 1), (2, 2), (3, 4), (6, 32), (7, 60), (60, 60), (0, 1), (-5, 1)])
    func `the wait is spread from nothing up to a doubling, capped ceiling`(attempt: Int, ceilingSeconds: Int64) {
        var generator = SplitMix64(seed: 1)
        let delays = (0..<2000).map { _ in RetryPolicy().delay(afterAttempt: attempt, using: &generator).wholeMilliseconds }
        let ceiling = ceilingSeconds * 1000
        #expect(delays.allSatisfy { (0...ceiling).contains($0) })
        #expect(delays.min()! < ceiling / 10 && delays.max()! > ceiling * 9 / 10)
    }
}
