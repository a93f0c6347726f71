import ColophonCore
import HTTPTypes
import NIOCore
import Testing

@testable import ColophonServer

@Suite struct TokenBucketsTests {
    private typealias Answer = TokenBuckets<Int>.Answer

    @Test func `a bucket is spent, refused, and full again after a minute`() {
        var buckets = TokenBuckets<Int>()
        #expect(
            buckets.take(50, from: 1, perMinute: 60, at: .zero)
                == Answer(isGranted: true, limit: 60, remaining: 10, resetSeconds: 50, waitSeconds: 0))
        #expect(
            buckets.take(11, from: 1, perMinute: 60, at: .zero)
                == Answer(isGranted: false, limit: 60, remaining: 10, resetSeconds: 50, waitSeconds: 1))
        #expect(buckets.take(11, from: 1, perMinute: 60, at: .milliseconds(999)).isGranted == false)
        #expect(buckets.take(11, from: 1, perMinute: 60, at: .seconds(1)).remaining == 0)
        #expect(buckets.take(60, from: 1, perMinute: 60, at: .seconds(60)).waitSeconds == 1)
        #expect(
            buckets.take(60, from: 1, perMinute: 60, at: .seconds(61))
                == Answer(isGranted: true, limit: 60, remaining: 0, resetSeconds: 60, waitSeconds: 0))
    }

    @Test func `nothing is saved up past what a bucket holds, and a clock that stands still or goes back gives nothing`() {
        var buckets = TokenBuckets<Int>()
        _ = buckets.take(1, from: 1, perMinute: 10, at: .seconds(100))
        #expect(buckets.take(10, from: 1, perMinute: 10, at: .seconds(100_000)).remaining == 0)
        #expect(!buckets.take(1, from: 1, perMinute: 10, at: .seconds(100_000)).isGranted)
        #expect(!buckets.take(1, from: 1, perMinute: 10, at: .zero).isGranted)
        #expect(buckets.take(1, from: 1, perMinute: 10, at: .seconds(100_006)).isGranted)
    }

    @Test func `what costs more than a bucket holds takes all of it, and what costs nothing is always granted`() {
        var buckets = TokenBuckets<Int>()
        #expect(
            buckets.take(1000, from: 1, perMinute: 10, at: .zero)
                == Answer(isGranted: true, limit: 10, remaining: 0, resetSeconds: 60, waitSeconds: 0))
        #expect(buckets.take(0, from: 1, perMinute: 10, at: .zero).isGranted)
        #expect(buckets.take(1000, from: 1, perMinute: 10, at: .zero).waitSeconds == 60)
    }

    @Test func `of more buckets than are remembered the one used longest ago goes`() {
        var buckets = TokenBuckets<Int>(countMax: 3)
        for holder in [1, 2, 3, 1] { _ = buckets.take(4, from: holder, perMinute: 10, at: .zero) }
        _ = buckets.take(4, from: 4, perMinute: 10, at: .zero)
        #expect(buckets.count == 3)
        #expect(buckets.take(0, from: 1, perMinute: 10, at: .zero).remaining == 2)
        #expect(buckets.take(0, from: 3, perMinute: 10, at: .zero).remaining == 6)
        // The second was forgotten, and takes the place of the fourth.
        #expect(buckets.take(0, from: 2, perMinute: 10, at: .zero).remaining == 10)
        #expect(buckets.take(0, from: 4, perMinute: 10, at: .zero).remaining == 10 && buckets.count == 3)
    }

    /// Against a list that is kept in the plainest way.
    @Test(arguments: [1, 2, 7]) func `the list of buckets is as a plain one would be`(countMax: Int) {
        var buckets = TokenBuckets<Int>(countMax: countMax)
        var plain: [(holder: Int, units: Int)] = []
        var random: UInt64 = 42
        for _ in 0..<2000 {
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let (holder, cost) = (Int(random >> 33) % 10, Int(random >> 40) % 4)
            var units = plain.first { $0.holder == holder }?.units ?? 100
            plain.removeAll { $0.holder == holder }
            if units >= cost { units -= cost }
            plain.append((holder, units))
            if plain.count > countMax { plain.removeFirst() }
            #expect(buckets.take(cost, from: holder, perMinute: 100, at: .zero).remaining == units)
        }
    }

    @Test func `an upload costs by its length, and one that does not say it as much as the longest`() {
        var limits = Limits()
        limits.uploadBytesMax = 100 << 20
        func cost(_ headers: HTTPFields) -> Int { RouteCost.upload.units(for: headers, limits: limits) }
        #expect(cost([:]) == 10 && cost([.contentLength: "1048575"]) == 10 && cost([.contentLength: "1048576"]) == 11)
        #expect(cost([.contentLength: "99999999999999"]) == 110 && cost([.transferEncoding: "chunked"]) == 110)
        #expect(cost([.contentLength: "-5"]) == 10)
    }

    @Test func `IPv6 addresses of one network are one, and a mapped IPv4 address is that address`() throws {
        func address(_ text: String) throws -> ClientAddress { ClientAddress(try SocketAddress(ipAddress: text, port: 1)) }
        #expect(try address("192.0.2.1") != address("192.0.2.2") && address("192.0.2.1") == address("::ffff:192.0.2.1"))
        #expect(
            try address("2001:db8:1:2::1") == address("2001:db8:1:2:ffff::9") && address("2001:db8:1:2::1") != address("2001:db8:1:3::1"))
        #expect(ClientAddress(nil) == ClientAddress(try SocketAddress(unixDomainSocketPath: "/x")))
    }
}
