import ColophonSamples

/// Random choices of a simulation, all from one seed.
struct Dice {
    private var generator: SplitMix64

    init(seed: UInt64) { generator = SplitMix64(seed: seed) }

    mutating func next() -> UInt64 { generator.next() }

    /// Uniform in 0..<bound; the bias of the remainder is far below what a simulation could notice.
    mutating func below(_ bound: Int) -> Int { Int(truncatingIfNeeded: next() % UInt64(bound)) }

    mutating func between(_ low: Int64, _ high: Int64) -> Int64 { low + Int64(below(Int(high - low + 1))) }

    /// - Parameter perMillion: How often of a million times.
    mutating func happens(_ perMillion: Int) -> Bool { below(1_000_000) < perMillion }

    /// Seconds as microseconds, spread evenly.
    mutating func seconds(_ low: Double, _ high: Double) -> Int64 { between(Int64(low * 1e6), Int64(high * 1e6)) }

    /// Small values often, large ones seldom: the logarithm is spread evenly, so that every order of magnitude has its share.
    mutating func skewed(_ low: Int64, _ high: Int64) -> Int64 {
        var ceiling = high
        while ceiling / 8 > low, below(2) == 0 { ceiling /= 8 }
        return between(low, ceiling)
    }

    mutating func split() -> Dice { Dice(seed: next()) }
}
