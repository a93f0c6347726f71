/// How often each kind of fault was injected.
package struct Tally: Sendable, Equatable, CustomStringConvertible {
    package private(set) var counts: [Fault: Int] = [:]

    mutating func count(_ fault: Fault) { counts[fault, default: 0] += 1 }

    package mutating func add(_ other: Tally) { counts.merge(other.counts) { $0 + $1 } }

    package var description: String {
        Fault.allCases.compactMap { fault in counts[fault].map { "\($0) \(fault)" } }.joined(separator: ", ")
    }
}
