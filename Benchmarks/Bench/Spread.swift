import Foundation

/// Several measurements of one thing.
struct Spread: CustomStringConvertible {
    private let values: [Double]

    /// - Precondition: at least one value.
    init(_ values: [Double]) {
        precondition(!values.isEmpty, "a spread is of something")
        self.values = values.sorted()
    }

    /// Of an even number of values the mean of the two in the middle.
    var median: Double { (values[(values.count - 1) / 2] + values[values.count / 2]) / 2 }

    /// The value that a share of all does not exceed, nearest rank.
    func quantile(_ share: Double) -> Double { values[min(values.count - 1, Int((Double(values.count) * share).rounded(.up)) - 1)] }

    var description: String {
        String(format: "median %.4g (%.4g to %.4g, n = %d)", median, values.first ?? 0, values.last ?? 0, values.count)
    }
}
