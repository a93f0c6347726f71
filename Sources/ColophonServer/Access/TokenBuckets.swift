/// What callers may still spend: a bucket each, which fills up again over a minute. Time is passed in.
///
/// So many buckets are remembered; the one that was used longest ago goes first, and is most likely full again by then.
struct TokenBuckets<Holder: Hashable & Sendable>: Sendable {
    /// What came of asking for some units.
    struct Answer: Equatable {
        var isGranted: Bool
        /// The most that a bucket holds, which is what comes in a minute.
        var limit: Int
        /// Whole units that are left.
        var remaining: Int
        /// Whole seconds until the bucket is full again, rounded up.
        var resetSeconds: Int
        /// Whole seconds until what was asked for is there, rounded up; 0 when it was granted.
        var waitSeconds: Int
    }

    private struct Bucket {
        var holder: Holder
        var units: Double
        var at: Duration
        var newer: Int?
        var older: Int?
    }

    private let countMax: Int
    private var places: [Holder: Int] = [:]
    private var buckets: [Bucket] = []
    private var newest: Int?
    private var oldest: Int?

    /// - Parameter countMax: The most buckets, at least 1.
    init(countMax: Int = 10_000) { self.countMax = max(1, countMax) }

    var count: Int { buckets.count }

    /// Takes some units out of a holder's bucket, all of them or none.
    ///
    /// - Parameters:
    ///   - cost: More than a bucket holds is as much as it holds.
    ///   - perMinute: What comes in a minute, from 1.
    ///   - now: On a clock that only grows.
    /// - Complexity: O(1).
    mutating func take(_ cost: Int, from holder: Holder, perMinute: Int, at now: Duration) -> Answer {
        let index = use(holder, perMinute: perMinute, at: now)
        let (limit, cost) = (Double(perMinute), Double(min(max(0, cost), perMinute)))
        let elapsed = max(.zero, now - buckets[index].at)
        var units = min(limit, buckets[index].units + limit * (elapsed / .seconds(60)))
        let isGranted = units >= cost
        if isGranted { units -= cost }
        buckets[index].units = units
        buckets[index].at = max(now, buckets[index].at)
        func seconds(to level: Double) -> Int { max(0, Int(((level - units) * 60 / limit).rounded(.up))) }
        return Answer(
            isGranted: isGranted, limit: perMinute, remaining: Int(units), resetSeconds: seconds(to: limit),
            waitSeconds: isGranted ? 0 : max(1, seconds(to: cost)))
    }

    /// The holder's bucket, now the newest.
    private mutating func use(_ holder: Holder, perMinute: Int, at now: Duration) -> Int {
        let index: Int
        if let place = places[holder] {
            index = place
            unlink(index)
        } else if buckets.count < countMax {
            index = buckets.count
            buckets.append(Bucket(holder: holder, units: Double(perMinute), at: now))
        } else {
            guard let last = oldest else { preconditionFailure("a full list has an oldest bucket") }
            index = last
            unlink(index)
            places[buckets[index].holder] = nil
            buckets[index] = Bucket(holder: holder, units: Double(perMinute), at: now)
        }
        places[holder] = index
        (buckets[index].older, buckets[index].newer) = (newest, nil)
        if let newest { buckets[newest].newer = index }
        newest = index
        if oldest == nil { oldest = index }
        return index
    }

    private mutating func unlink(_ index: Int) {
        let (newer, older) = (buckets[index].newer, buckets[index].older)
        if let newer { buckets[newer].older = older } else { newest = older }
        if let older { buckets[older].newer = newer } else { oldest = newer }
    }
}
