/// Where random numbers come from; passed in so that a simulation can repeat them. Shared, so calling it changes nothing of the value.
package protocol RandomSource: Sendable {
    func next() -> UInt64
}

package struct SystemRandomSource: RandomSource {
    package init() {}

    package func next() -> UInt64 {
        var generator = SystemRandomNumberGenerator()
        return generator.next()
    }
}

/// A source as the standard library's functions want one.
package struct RandomSourceGenerator: RandomNumberGenerator {
    private let source: any RandomSource

    package init(_ source: any RandomSource) { self.source = source }

    package mutating func next() -> UInt64 { source.next() }
}
